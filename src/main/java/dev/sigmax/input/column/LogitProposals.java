package dev.sigmax.input.column;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Guesses which columns of a schema may be logits. */
public final class LogitProposals {
  private static final String USUAL = "logit_";
  private static final int MOST = 5;

  /**
   * What several classes' columns may begin with: a word and a separator, or letters and digits.
   */
  private static final Pattern PREFIX = Pattern.compile("([^_.\\- ]+[_.\\- ]).+|(.*\\D)\\d+");

  private static final Pattern TO_SEPARATOR = Pattern.compile("(.*[_.\\- ])[^_.\\- ]*");

  private static final Pattern FED =
      Pattern.compile("embed|feature|hidden|vector|token|mask|(^|[_.])(emb|ids?)([_.*]|$)");

  private LogitProposals() {}

  /**
   * What {@code --logits} may be, the likeliest first: columns that share a prefix, arrays and
   * structs of numbers, and the one column of floating-point numbers that is left.
   */
  public static List<String> of(StructType columns) {
    StructType schema = OwnOutput.withoutFindings(columns);
    Set<String> proposals = new LinkedHashSet<>();
    Set<String> floats = new LinkedHashSet<>();
    boolean usual = false;
    for (StructField field : schema.fields()) {
      boolean array = field.dataType() instanceof ArrayType;
      usual |= field.name().startsWith(USUAL) && !array;
      if (!array && LogitTypes.isFloating(field.dataType())) {
        floats.add(field.name());
      }
    }
    if (usual) {
      proposals.add(USUAL + "*");
      floats.removeIf(name -> name.startsWith(USUAL));
    }
    for (StructField field : schema.fields()) {
      if (isOfNumbers(field.dataType())) {
        proposals.add(text(field.name()));
      }
    }
    proposals.addAll(fields(schema));
    for (String prefix : prefixes(schema, floats)) {
      proposals.add(prefix + "*");
      floats.removeIf(name -> name.startsWith(prefix));
    }
    if (LogitTypes.typeOf(schema, "logit") != null) {
      proposals.add("logit");
    } else if (floats.size() == 1) {
      floats.forEach(name -> proposals.add(text(name)));
    }
    if (proposals.isEmpty()) {
      prefixes(schema, decimals(schema)).forEach(prefix -> proposals.add(prefix + "*"));
    }
    return proposals.stream()
        .sorted(Comparator.comparingInt(proposal -> doubt(schema, proposal)))
        .toList();
  }

  /**
   * How much speaks against a proposal: nothing if it is called logits; much if it is called what
   * models are fed with, or is an array of whole numbers, such as the ids of tokens.
   */
  private static int doubt(StructType schema, String proposal) {
    String name = proposal.toLowerCase(Locale.ROOT);
    if (name.contains("logit")) {
      return 0;
    }
    boolean whole =
        LogitTypes.typeOf(schema, proposal) instanceof ArrayType array
            && array.elementType() instanceof IntegralType;
    return whole || FED.matcher(name).find() ? 2 : 1;
  }

  /** A name as {@code --logits} takes it: one with a star, or a quote in front, in quotes. */
  private static String text(String name) {
    return name.indexOf('*') >= 0 || name.startsWith("\"")
        ? '"' + name.replace("\"", "\"\"") + '"'
        : name;
  }

  /** Where nothing is of floating-point numbers; whole numbers may be anything. */
  private static Set<String> decimals(StructType schema) {
    Set<String> names = new LinkedHashSet<>();
    for (StructField field : schema.fields()) {
      if (field.dataType() instanceof DecimalType) {
        names.add(field.name());
      }
    }
    return names;
  }

  /**
   * Arrays in structs, such as the values of a vector, and fields of structs that share a prefix.
   */
  private static List<String> fields(StructType schema) {
    List<String> proposals = new ArrayList<>();
    for (StructField column : schema.fields()) {
      if (!(column.dataType() instanceof StructType struct) || isOfNumbers(struct)) {
        continue;
      }
      Set<String> floats = new LinkedHashSet<>();
      for (StructField field : struct.fields()) {
        boolean array = field.dataType() instanceof ArrayType;
        if (array && LogitTypes.isFloating(field.dataType())) {
          proposals.add(text(column.name() + "." + field.name()));
        } else if (!array && LogitTypes.isFloating(field.dataType())) {
          floats.add(field.name());
        }
      }
      prefixes(struct, floats).forEach(prefix -> proposals.add(column.name() + "." + prefix + "*"));
    }
    return proposals;
  }

  private static boolean isOfNumbers(DataType type) {
    return type instanceof ArrayType array
        ? LogitTypes.isNumber(array.elementType())
        : type instanceof StructType struct
            && Arrays.stream(struct.fields())
                .allMatch(
                    field ->
                        !(field.dataType() instanceof ArrayType)
                            && LogitTypes.isFloating(field.dataType()));
  }

  /** Those that two or more columns share, and none that is not of floating-point numbers. */
  private static List<String> prefixes(StructType schema, Set<String> floats) {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    for (String name : floats) {
      Matcher matcher = PREFIX.matcher(name);
      if (matcher.matches()) {
        String prefix = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        groups.computeIfAbsent(prefix, p -> new ArrayList<>()).add(name);
      }
    }
    List<String> prefixes = new ArrayList<>();
    for (List<String> group : groups.values()) {
      String common = group.stream().reduce(LogitProposals::common).orElseThrow();
      Matcher separated = TO_SEPARATOR.matcher(common);
      String prefix = separated.matches() ? separated.group(1) : common.replaceAll("\\d+$", "");
      if (group.size() > 1
          && prefixes.size() < MOST
          && text(prefix).equals(prefix)
          && List.of(schema.fieldNames()).stream()
              .filter(name -> name.startsWith(prefix))
              .allMatch(floats::contains)) {
        prefixes.add(prefix);
      }
    }
    return prefixes;
  }

  private static String common(String one, String other) {
    int length = 0;
    while (length < Math.min(one.length(), other.length())
        && one.charAt(length) == other.charAt(length)) {
      length++;
    }
    return one.substring(0, length);
  }
}
