package dev.sigmax.table.delta;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** A catalog that is none of Delta's: each folder below a root is a table, and Delta's. */
public final class FolderCatalog implements TableCatalog {
  private String name;
  private Path root;

  private record Described(String name, Map<String, String> properties) implements Table {
    /** Spark 4.0 asks for this, deprecated or not; later ones make columns of it. */
    @Override
    @SuppressWarnings("deprecation")
    public StructType schema() {
      return new StructType();
    }

    @Override
    public Set<TableCapability> capabilities() {
      return Set.of();
    }
  }

  @Override
  public void initialize(String catalog, CaseInsensitiveStringMap options) {
    name = catalog;
    root = Path.of(options.get("root"));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Table loadTable(Identifier identifier) throws NoSuchTableException {
    Path folder = root.resolve(identifier.name());
    if (!Files.isDirectory(folder)) {
      throw new NoSuchTableException(identifier);
    }
    return new Described(
        identifier.name(),
        Map.of(PROP_PROVIDER, "delta", PROP_LOCATION, folder.toUri().toString()));
  }

  @Override
  public Identifier[] listTables(String[] namespace) {
    return new Identifier[0];
  }

  @Override
  public Table alterTable(Identifier identifier, TableChange... changes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean dropTable(Identifier identifier) {
    return false;
  }

  @Override
  public void renameTable(Identifier from, Identifier to) {
    throw new UnsupportedOperationException();
  }
}
