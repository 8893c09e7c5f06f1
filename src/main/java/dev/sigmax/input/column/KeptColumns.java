package dev.sigmax.input.column;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.error.UsageException;
import dev.sigmax.input.snapshot.Snapshot;
import dev.sigmax.parquet.footer.Footer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns to carry through. They come in the order of the first file by path, then those that
 * only later files have, then partitions; or as {@code --keep} names them.
 */
public final class KeptColumns {
  private static final int MOST_NAMED = 12;

  /** What means something in a glob. */
  private static final Pattern GLOB = Pattern.compile("[*?{}\\[\\],\\\\]");

  private final Snapshot snapshot;
  private final List<Footer> footers;
  private final Footer first;
  private final Optional<ColumnChoice> choice;
  private final List<String> mayBeMissing;
  private final boolean whole;

  private KeptColumns(
      Snapshot snapshot,
      List<Footer> footers,
      Optional<ColumnChoice> choice,
      List<String> mayBeMissing,
      boolean whole) {
    this.snapshot = snapshot;
    this.footers = footers;
    this.first = footers.get(0);
    this.choice = choice;
    this.mayBeMissing = mayBeMissing;
    this.whole = whole;
  }

  /** What a job says of them. */
  public static KeptColumns of(Snapshot snapshot, List<Footer> footers, ReadRequest request) {
    List<String> mayBeMissing =
        request
            .allowMissing()
            .map(choice -> mayBeMissing(snapshot, footers, choice))
            .orElse(List.of());
    return new KeptColumns(snapshot, footers, request.keep(), mayBeMissing, request.whole());
  }

  private static List<String> mayBeMissing(
      Snapshot snapshot, List<Footer> footers, ColumnChoice choice) {
    List<String> names = new ArrayList<>();
    if (choice instanceof ColumnChoice.Names exact) {
      names.addAll(exact.names());
    } else if (choice instanceof ColumnChoice.Text text) {
      names.addAll(anyHas(footers, text.text()) ? List.of(text.text()) : text.items());
    }
    for (String name : names) {
      if (snapshot.partitionColumns().contains(name) && !anyHas(footers, name)) {
        throw new UsageException(
            ErrorName.OPTIONS_CONFLICT,
            "--allow-missing names the partition column "
                + name
                + ", which no file can lack: its value is in the name of the file's folder. Leave"
                + " it out.");
      }
      if (!anyHas(footers, name)) {
        throw new InputException(
            ErrorName.COLUMN_NOT_FOUND,
            "--allow-missing names the column "
                + name
                + ", which no file has."
                + NearestName.of(name, columns(footers))
                    .map(near -> " Is " + near + " meant?")
                    .orElse(" Check the name."));
      }
    }
    return List.copyOf(new LinkedHashSet<>(names));
  }

  private static Set<String> columns(List<Footer> footers) {
    Set<String> names = new LinkedHashSet<>();
    for (Footer footer : footers) {
      names.addAll(Arrays.asList(footer.schema().fieldNames()));
      names.addAll(footer.unsupported().keySet());
    }
    return names;
  }

  private static boolean anyHas(List<Footer> footers, String name) {
    return footers.stream().anyMatch(footer -> has(footer, name));
  }

  private static boolean has(Footer footer, String name) {
    return LogitTypes.typeOf(footer.schema(), name) != null
        || footer.unsupported().containsKey(name);
  }

  /** Those that some files may lack. */
  public List<String> mayBeMissing() {
    return mayBeMissing;
  }

  /** The names, in the output's order. */
  public List<String> names(LogitColumns logits) {
    for (String name : mayBeMissing) {
      if (logits.columns().contains(name)) {
        throw new UsageException(
            ErrorName.OPTIONS_CONFLICT,
            "--allow-missing names the logit column "
                + name
                + "; only columns to carry through can be filled with null.");
      }
    }
    Set<String> kept = new LinkedHashSet<>();
    if (choice.isEmpty()) {
      kept.addAll(Arrays.asList(first.schema().fieldNames()));
      kept.addAll(first.unsupported().keySet());
      kept.addAll(mayBeMissing);
      // A set may ask the list for each of its own elements instead.
      logits.columns().forEach(kept::remove);
      kept.removeIf(name -> isLogits(name, logits));
      kept.addAll(snapshot.partitionColumns());
    } else if (choice.get() instanceof ColumnChoice.Names names) {
      kept.addAll(names.names());
    } else if (choice.get() instanceof ColumnChoice.Text text) {
      kept.addAll(isColumn(text.text()) ? List.of(text.text()) : text.items());
    }
    requireSupported(kept, logits);
    for (String name : kept) {
      if (!isColumn(name)) {
        throw new InputException(
            ErrorName.COLUMN_NOT_FOUND,
            "there is no column "
                + name
                + " to keep in "
                + first.path()
                + ". "
                + footers.stream()
                    .filter(footer -> has(footer, name))
                    .findFirst()
                    .map(
                        later ->
                            later.path()
                                + " has it: --allow-missing "
                                + name
                                + " fills it with null where it is missing.")
                    .orElseGet(() -> hintOn(name)));
      }
    }
    return List.copyOf(kept);
  }

  /** A folder that looks like a partition is none where the input names it. */
  private String hintOn(String name) {
    for (String folder : first.path().split("/", -1)) {
      if (folder.startsWith(name + "=") && !GLOB.matcher(folder).find()) {
        return "The input names the folder "
            + folder
            + " itself; named as "
            + name
            + "={"
            + folder.substring(name.length() + 1)
            + "}, as a glob, it is a column.";
      }
    }
    return "Check --keep." + NearestName.question(name, keepable());
  }

  private Set<String> keepable() {
    Set<String> names = columns(List.of(first));
    names.addAll(snapshot.partitionColumns());
    return names;
  }

  /** Whether a struct is nothing but logits. */
  private boolean isLogits(String name, LogitColumns logits) {
    return LogitTypes.typeOf(first.schema(), name) instanceof StructType struct
        && Arrays.stream(struct.fieldNames())
            .allMatch(field -> logits.columns().contains(name + "." + field));
  }

  private boolean isColumn(String name) {
    return has(first, name)
        || mayBeMissing.contains(name)
        || snapshot.partitionColumns().contains(name);
  }

  /** Refuses columns that Spark has no type for. */
  public void requireSupported(Set<String> names, LogitColumns logits) {
    for (String name : names) {
      for (Footer footer : mayBeMissing.contains(name) ? footers : List.of(first)) {
        String type = footer.unsupported().get(name);
        if (type != null) {
          boolean uuid = type.contains("(UUID)");
          throw new InputException(
              ErrorName.COLUMN_TYPE_UNSUPPORTED,
              "the column "
                  + name
                  + (uuid
                      ? " is a UUID, a type that Spark cannot read"
                      : " has a type " + footer.format().unread() + ": " + type)
                  + " (in "
                  + footer.path()
                  + "). "
                  + (uuid ? "Write it as text, or leave" : "Leave")
                  + " it out: "
                  + keepOthers(name, logits));
        }
      }
    }
  }

  /** The field to read a column by: as the first file has it, or the first that has it. */
  public StructField field(String name) {
    StructField field = firstWith(name).schema().apply(name);
    if (!mayBeMissing.contains(name)) {
      return field;
    }
    // Spark would fill what is missing with a default that a table's column once had.
    return new StructField(
        name,
        field.dataType(),
        true,
        new MetadataBuilder()
            .withMetadata(field.metadata())
            .remove("EXISTS_DEFAULT")
            .remove("CURRENT_DEFAULT")
            .build());
  }

  private Footer firstWith(String name) {
    return footers.stream()
        .filter(footer -> LogitTypes.typeOf(footer.schema(), name) != null)
        .findFirst()
        .orElseThrow();
  }

  /** Refuses files that differ in the columns that are read. */
  public void requireSame(Set<String> read, LogitColumns logits) {
    Set<String> logitColumns = logits.set();
    for (String name : read) {
      if (!logitColumns.contains(name)) {
        requireSame(name, logits);
      }
    }
    if (choice.isEmpty() || whole) {
      for (Footer footer : footers) {
        for (String name : footer.schema().fieldNames()) {
          if (!read.contains(name) && !isLogits(name, logits)) {
            throw missing(name, logits);
          }
        }
        for (String name : footer.unsupported().keySet()) {
          if (!has(first, name)) {
            throw missing(name, logits);
          }
        }
      }
    }
  }

  private void requireSame(String name, LogitColumns logits) {
    DataType expected = field(name).dataType();
    for (Footer footer : footers) {
      DataType here = LogitTypes.typeOf(footer.schema(), name);
      if (here == null && !footer.unsupported().containsKey(name)) {
        if (mayBeMissing.contains(name)) {
          continue;
        }
        throw missing(name, logits);
      }
      if (here == null || !here.asNullable().equals(expected.asNullable())) {
        throw new InputException(
            ErrorName.FILES_DISAGREE,
            "the column "
                + FileDifferences.between(firstWith(name), footer, name)
                + " Write the files alike, or leave it out: "
                + keepOthers(name, logits));
      }
    }
  }

  private InputException missing(String name, LogitColumns logits) {
    List<String> with = new ArrayList<>();
    List<String> without = new ArrayList<>();
    for (Footer footer : footers) {
      (has(footer, name) ? with : without).add(footer.path());
    }
    return new InputException(
        ErrorName.FILES_DISAGREE,
        "the column "
            + name
            + " is in "
            + FileDifferences.places(with)
            + " and is missing in "
            + FileDifferences.places(without)
            + ". "
            + (whole
                ? "A quarantine needs every column of every file."
                : "--allow-missing "
                    + quoted(name)
                    + " fills it with null there. Or leave it out: "
                    + keepOthers(name, logits)));
  }

  /** How to say in an option that all columns but one are kept. */
  private String keepOthers(String name, LogitColumns logits) {
    if (whole) {
      return "a quarantine needs every column, so take another --on-bad-row and name the columns to"
          + " carry along with --keep, without it.";
    }
    Set<String> others = new LinkedHashSet<>(Arrays.asList(first.schema().fieldNames()));
    others.removeAll(logits.columns());
    others.removeIf(other -> isLogits(other, logits));
    others.addAll(snapshot.partitionColumns());
    others.remove(name);
    return others.size() > MOST_NAMED
        ? "name the columns to carry along with --keep, without it."
        : "--keep '" + String.join(",", others.stream().map(KeptColumns::quoted).toList()) + "'.";
  }

  private static String quoted(String name) {
    return name.matches("[\\p{L}\\p{N}_.-]+") ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}
