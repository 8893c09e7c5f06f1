package dev.sigmax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.function.SigmaxCatalog;
import dev.sigmax.testing.Documents;
import dev.sigmax.testing.SparkTest;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** The SQL, Java and Python in the documents. */
class DocumentedCodeTest extends SparkTest {
  /** A statement, and the value that a comment says it has. */
  private static final Pattern STATEMENT = Pattern.compile("(.+?);(?: +-- (.+))?");

  private static final Pattern CALL = Pattern.compile("call_function\\(\"(\\w+)\"");
  private static final Collector<CharSequence, ?, String> LINES = Collectors.joining("\n");
  private static final String FUNCTIONS = "docs/functions.md";

  @Test
  void everyStatementOfSqlRunsAndGivesWhatItsCommentSays() {
    int statements = 0;
    for (String document : Documents.all()) {
      SparkSession session = spark().newSession();
      for (String block : Documents.blocks(document, "sql")) {
        for (String line : block.lines().toList()) {
          Matcher statement = STATEMENT.matcher(line);
          assertTrue(statement.matches(), document + ": " + line);
          List<Row> rows = session.sql(statement.group(1)).collectAsList();
          if (statement.group(2) != null) {
            assertEquals(statement.group(2), text(session, statement.group(1)), line);
          }
          statements += rows.isEmpty() ? 0 : 1;
        }
      }
    }
    assertTrue(statements >= 8, "statements that give rows: " + statements);
  }

  /** The first value, as SQL writes it. */
  private static String text(SparkSession session, String query) {
    Dataset<Row> rows = session.sql(query);
    return rows.selectExpr("to_json(struct(`" + rows.columns()[0].replace("`", "``") + "` AS v))")
        .first()
        .getString(0)
        .replaceFirst("^\\{\"v\":(.*)}$", "$1");
  }

  @Test
  void everyBlockOfJavaCompilesAndRuns() throws Exception {
    int blocks = 0;
    for (String document : Documents.all()) {
      for (String block : Documents.blocks(document, "java")) {
        run("Documented" + blocks++, block);
      }
    }
    assertTrue(blocks >= 2);
  }

  private void run(String name, String block) throws Exception {
    String imports = block.lines().filter(line -> line.startsWith("import ")).collect(LINES);
    String statements = block.lines().filter(line -> !line.startsWith("import ")).collect(LINES);
    String given = statements.contains("SparkSession spark =") ? "" : "SparkSession spark = given;";
    String source =
        """
        import static org.apache.spark.sql.functions.*;
        import org.apache.spark.sql.*;
        %s
        public class %s {
          public static void run(SparkSession given) throws Exception {
            %s
            %s
          }
        }
        """
            .formatted(imports, name, given, statements);
    Path file = Files.writeString(folder.resolve(name + ".java"), source);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter says = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                says,
                null,
                null,
                List.of("-proc:none", "-cp", System.getProperty("java.class.path")),
                null,
                compiler.getStandardFileManager(null, null, null).getJavaFileObjects(file))
            .call();
    assertTrue(compiled, () -> statements + says);
    try (URLClassLoader classes = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      classes.loadClass(name).getMethod("run", SparkSession.class).invoke(null, spark());
    }
  }

  @Test
  void everyFunctionThatIsCalledByNameExists() {
    List<String> unknown = new ArrayList<>();
    int calls = 0;
    for (String document : Documents.all()) {
      for (String language : List.of("java", "python")) {
        for (String block : Documents.blocks(document, language)) {
          for (Matcher call = CALL.matcher(block); call.find(); calls++) {
            if (!SigmaxCatalog.functions().containsKey(call.group(1))) {
              unknown.add(document + ": " + call.group(1));
            }
          }
        }
      }
    }
    assertEquals(List.of(), unknown);
    assertTrue(calls >= 3);
  }

  @Test
  void theTableOfFunctionsHasEachAsSparkDescribesIt() {
    Set<String> described =
        SigmaxCatalog.functions().keySet().stream()
            .map(DocumentedCodeTest::signature)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> documented =
        Documents.table(FUNCTIONS, "The functions").stream()
            .skip(1)
            .map(row -> row.get(0).replace("`", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(described, documented);
  }

  @Test
  void theTableOfEdgesHolds() {
    Map<String, List<String>> arguments =
        Map.of(
            "null, or an array with a null",
            List.of("CAST(NULL AS ARRAY<DOUBLE>)", "array(1D, null)"),
            "empty array",
            List.of("CAST(array() AS ARRAY<DOUBLE>)"),
            "NaN",
            List.of("array(double('NaN'))"),
            "+∞",
            List.of("array(double('Infinity'))"),
            "only −∞",
            List.of("array(double('-Infinity'))"));
    List<List<String>> table = Documents.table(FUNCTIONS, "Edge cases");
    assertEquals(
        arguments.keySet(),
        table.stream().skip(1).map(row -> row.get(0)).collect(Collectors.toSet()));
    for (List<String> row : table.subList(1, table.size())) {
      for (int column = 1; column < row.size(); column++) {
        for (String function : table.get(0).get(column).replace("`", "").split(", ", -1)) {
          for (String array : arguments.get(row.get(0))) {
            String call =
                function + "(" + array + (function.equals("cross_entropy") ? ", 0)" : ")");
            assertEquals(meant(row.get(column)), given(call), call);
          }
        }
      }
    }
  }

  private static String meant(String cell) {
    return switch (cell) {
      case "empty array" -> "[]";
      case "all NaN" -> "NaN";
      case "its class" -> "0";
      default -> cell.startsWith("fails") ? "fails" : cell;
    };
  }

  /** The value of a call; of an array with one element, that element. */
  private static String given(String call) {
    String value;
    try {
      value =
          spark()
              .sql("SELECT CAST(v AS STRING) FROM (SELECT " + call + " AS v)")
              .first()
              .getString(0);
    } catch (IllegalArgumentException e) {
      return "fails";
    }
    if (value == null || value.equals("[]")) {
      return String.valueOf(value);
    }
    return value
        .replaceFirst("^\\[(.*)]$", "$1")
        .replaceFirst("[.]0$", "")
        .replace("-Infinity", "−∞")
        .replace("Infinity", "+∞");
  }

  private static String signature(String function) {
    return spark().sql("DESCRIBE FUNCTION " + function).collectAsList().stream()
        .map(row -> row.getString(0))
        .filter(line -> line.startsWith("Usage: "))
        .map(line -> line.substring("Usage: ".length(), line.indexOf(')') + 1))
        .findFirst()
        .orElseThrow();
  }
}
