package dev.sigmax.parquet.read;

import dev.sigmax.parquet.codec.PageCodec;
import java.io.IOException;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.spark.sql.vectorized.ColumnVector;

/** Reads one column, chunk by chunk and batch by batch. Not thread-safe. */
interface ColumnReader extends AutoCloseable {
  /** The column's values; the same object for every batch. */
  ColumnVector vector();

  /** Begins with a chunk. */
  void start(ColumnChunkMetaData chunk, PageCodec codec);

  /**
   * Reads the next rows of the chunk into the vector.
   *
   * @throws IOException if the file cannot be read
   * @throws RuntimeException if its pages make no sense
   */
  void read(int rows) throws IOException;

  /**
   * Ends the chunk, all of whose rows have been read.
   *
   * @throws org.apache.parquet.io.ParquetDecodingException if it has more
   */
  void end() throws IOException;

  @Override
  void close();
}
