package dev.sigmax.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Whole tables through Sigmax and its peers, in turn, on the same files, with the same codec and as
 * many threads, in warm sessions. Run it with {@code scripts/bench}.
 */
final class Bench {
  private static final long WARM_UP_NANOSECONDS = 20_000_000_000L;
  private static final String REFERENCE = "Sigmax functions";

  private Bench() {}

  /**
   * Arguments: a folder for data and results, rows, rounds, then shapes such as {@code
   * columns-softmax} or {@code array-10:double}.
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    long rows = Long.parseLong(arguments[1].replace("_", ""));
    int rounds = Integer.parseInt(arguments[2]);
    int threads = Runtime.getRuntime().availableProcessors();
    SparkSession spark =
        SparkSession.builder()
            .master("local[" + threads + "]")
            .appName("sigmax-bench")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.extensions", "dev.sigmax.SigmaxExtensions")
            .getOrCreate();
    List<Engine> engines =
        new ArrayList<>(
            List.of(
                new SparkEngines.Functions(spark),
                new SparkEngines.Job(),
                new DuckDb(threads),
                new SparkEngines.Expressions(spark, true),
                new SparkEngines.Expressions(spark, false),
                new SparkEngines.ClassicUdf(spark)));
    System.out.printf(
        "%d rows, %d rounds, %d threads, Java %s, Spark %s, DuckDB %s",
        rows,
        rounds,
        threads,
        System.getProperty("java.version"),
        spark.version(),
        DuckDb.version());
    String modules = System.getProperty("bench.node.modules", "");
    if (!modules.isEmpty()) {
      Polars polars = new Polars(Path.of("scripts/bench_polars.js"), Path.of(modules), threads);
      engines.add(polars);
      System.out.printf(", Polars %s", polars.version());
    }
    System.out.println();
    Map<String, Map<String, double[]>> results = new LinkedHashMap<>();
    for (String word : Arrays.copyOfRange(arguments, 3, arguments.length)) {
      Shape shape = Shape.of(word);
      if (!shape.fits(rows, folder)) {
        System.out.printf("%n%s does not fit the disk: left out%n", shape.name());
        continue;
      }
      results.put(shape.name(), measure(shape, engines, folder, rows, rounds));
    }
    Path chart = folder.resolve("bench.svg");
    Chart.draw(medians(results), chart);
    System.out.println("chart: " + chart);
    System.exit(0);
  }

  private static Map<String, double[]> measure(
      Shape shape, List<Engine> engines, Path folder, long rows, int rounds) throws Exception {
    Path input = Tables.make(folder.resolve("data"), shape, rows);
    Path ours = folder.resolve("ours");
    Tables.remove(ours);
    engines.get(0).run(shape, input, ours);
    List<Engine> all = new ArrayList<>(engines);
    all.add(new CopyFiles(ours));
    all.removeIf(engine -> !engine.serves(shape));
    Map<String, double[]> seconds = new LinkedHashMap<>();
    for (Engine engine : all) {
      warmUp(engine, shape, input, folder.resolve("output"));
    }
    for (int round = 0; round <= rounds; round++) {
      for (Engine engine : all) {
        Path output = folder.resolve("output");
        Tables.remove(output);
        System.gc();
        FreeMemory.make(folder, input, 2);
        long start = System.nanoTime();
        engine.run(shape, input, output);
        double took = (System.nanoTime() - start) / 1e9;
        if (round == 0) {
          // Held against ours before any time counts.
          Check.same(shape, ours, output);
          seconds.put(engine.name(), new double[rounds]);
        } else {
          seconds.get(engine.name())[round - 1] = took;
        }
        Tables.remove(output);
      }
    }
    print(shape, input, ours, seconds);
    return seconds;
  }

  /** Runs an engine until its code is compiled and its caches are filled. */
  private static void warmUp(Engine engine, Shape shape, Path input, Path output) throws Exception {
    long end = System.nanoTime() + WARM_UP_NANOSECONDS;
    do {
      Tables.remove(output);
      engine.run(shape, input, output);
    } while (System.nanoTime() < end);
  }

  private static void print(Shape shape, Path input, Path ours, Map<String, double[]> seconds)
      throws Exception {
    System.out.printf(
        "%n%s: %.0f MB in, %.0f MB out%n", shape.name(), size(input) / 1e6, size(ours) / 1e6);
    System.out.printf("  %-18s %8s %17s %10s%n", "", "median s", "spread", "× Sigmax");
    double reference = median(seconds.get(REFERENCE));
    seconds.forEach(
        (name, times) ->
            System.out.printf(
                "  %-18s %8.2f %8.2f … %5.2f %10.2f%n",
                name,
                median(times),
                Arrays.stream(times).min().orElseThrow(),
                Arrays.stream(times).max().orElseThrow(),
                median(times) / reference));
  }

  private static Map<String, Map<String, Double>> medians(
      Map<String, Map<String, double[]>> results) {
    Map<String, Map<String, Double>> medians = new LinkedHashMap<>();
    results.forEach(
        (shape, engines) -> {
          Map<String, Double> ofShape = new LinkedHashMap<>();
          engines.forEach((engine, times) -> ofShape.put(engine, median(times)));
          medians.put(shape, ofShape);
        });
    return medians;
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static long size(Path path) throws Exception {
    try (var files = Files.walk(path)) {
      return files.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum();
    }
  }
}
