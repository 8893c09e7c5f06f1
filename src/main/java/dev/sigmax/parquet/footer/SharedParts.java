package dev.sigmax.parquet.footer;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One instance for all parts of footers that are equal, as most are between the files of a table: a
 * million footers, each with a schema of its own, would fill the driver. Not thread-safe.
 */
final class SharedParts {
  private final Map<Object, Object> parts = new HashMap<>();

  /** The same footer, made of parts that footers before it had too. */
  Footer of(Footer footer) {
    return new Footer(
        footer.path(),
        footer.format(),
        footer.problem(),
        footer.rows(),
        footer.rowGroups(),
        shared(footer.createdBy()),
        shared(footer.schema()),
        shared(footer.unsupported()),
        columns(footer.columns()),
        shared(footer.codecs()),
        shared(footer.notes()),
        shared(footer.uncompressed()),
        shared(footer.engine()),
        shared(footer.fieldIds()));
  }

  private Map<String, ColumnChunks> columns(Map<String, ColumnChunks> columns) {
    Map<String, ColumnChunks> all = new LinkedHashMap<>();
    columns.forEach(
        (name, chunks) ->
            all.put(
                shared(name),
                shared(
                    new ColumnChunks(
                        shared(chunks.encodings()),
                        chunks.nulls(),
                        chunks.range(),
                        shared(chunks.forRowReader()),
                        shared(chunks.notOwn()),
                        chunks.bytes()))));
    return shared(all);
  }

  @SuppressWarnings("unchecked")
  private <T> T shared(T part) {
    return part == null ? null : (T) parts.computeIfAbsent(part, first -> first);
  }
}
