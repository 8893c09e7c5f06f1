package dev.sigmax.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * What tasks find, passed to the driver as bytes that Java's serialisation makes. Spark itself
 * passes it on by the {@code spark.serializer} of whoever opened the session: Kryo, which many a
 * platform takes, cannot write records, and may be told to write no class that it was not told of.
 * Bytes go by any.
 */
public final class TaskResults {
  private TaskResults() {}

  /** What a task makes of its partition; goes to the executors. */
  public interface Work<T, R> extends Serializable {
    /** The result, which Java can serialise. */
    R of(Iterator<T> partition) throws Exception;
  }

  /** The result of each partition, in their order. */
  @SuppressWarnings("unchecked")
  public static <T, R> List<R> collect(JavaRDD<T> partitions, Work<T, R> work) {
    List<R> results = new ArrayList<>();
    for (byte[] bytes :
        partitions
            .mapPartitions(partition -> List.of(bytes(work.of(partition))).iterator())
            .collect()) {
      results.add((R) read(bytes));
    }
    return results;
  }

  /** A result as bytes. */
  public static byte[] bytes(Object result) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(result);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The result that was made bytes of. */
  public static <R> R of(Class<R> type, byte[] bytes) {
    return type.cast(read(bytes));
  }

  private static Object read(byte[] bytes) {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return in.readObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
