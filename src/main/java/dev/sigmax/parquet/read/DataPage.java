package dev.sigmax.parquet.read;

import java.nio.ByteBuffer;
import org.apache.parquet.format.Encoding;

/**
 * A data page, decompressed; it holds until the next of its column.
 *
 * @param count its values, nulls and empty lists among them
 * @param repetition encoded repetition levels; empty where there are none
 * @param definition encoded definition levels; empty where there are none
 * @param encoding of its values
 */
record DataPage(
    int count,
    ByteBuffer repetition,
    ByteBuffer definition,
    Encoding encoding,
    ByteBuffer values) {}
