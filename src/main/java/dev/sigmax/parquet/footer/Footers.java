package dev.sigmax.parquet.footer;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** Footers of many files. */
public final class Footers {
  /** Most of the time goes into waiting, on a store at least. */
  private static final int THREADS = 16;

  private Footers() {}

  /** The footers of {@code paths}, in their order. */
  public static List<Footer> read(SparkSession spark, List<String> paths) {
    return read(spark, paths, name -> true);
  }

  /**
   * The same with a session that is asked for only where the files are many, and the first of them
   * can be read; else its footer comes alone, with what is wrong.
   */
  public static List<Footer> read(
      Supplier<SparkSession> spark, Configuration configuration, List<String> paths) {
    if (FileTasks.areFew(paths)) {
      return FileTasks.mapHere(
          configuration,
          paths,
          (path, settings) -> FooterReader.read(path, settings, name -> true));
    }
    Footer first = FooterReader.read(paths.get(0), configuration, name -> true);
    return first.readable() ? read(spark.get(), paths) : List.of(first);
  }

  /** The footers of {@code paths}, in their order, read by threads of this process. */
  public static List<Footer> read(List<String> paths, Configuration configuration) {
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.max(1, Math.min(THREADS, paths.size())));
    try {
      return threads
          .invokeAll(
              paths.stream()
                  .<Callable<Footer>>map(
                      path -> () -> FooterReader.read(path, configuration, name -> true))
                  .toList())
          .stream()
          .map(Footers::result)
          .toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while footers were read", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Footer result(Future<Footer> read) {
    try {
      return read.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while footers were read", e);
    }
  }

  /** The same, with the chunks of the named columns alone. */
  public static List<Footer> read(SparkSession spark, List<String> paths, Set<String> columns) {
    return read(spark, paths, columns::contains);
  }

  private static List<Footer> read(SparkSession spark, List<String> paths, Wanted wanted) {
    return FileTasks.map(
        spark,
        "Sigmax: reading footers",
        paths,
        (path, configuration) -> FooterReader.read(path, configuration, wanted),
        () -> new SharedParts()::of);
  }

  /** Of which columns the chunks are of interest; goes to the executors. */
  private interface Wanted extends Predicate<String>, Serializable {}
}
