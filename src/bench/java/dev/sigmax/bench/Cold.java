package dev.sigmax.bench;

import dev.sigmax.bench.Readings.Taken;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.SparkSession;

/**
 * Whole processes from a cold start to their end, over tables of growing size: where each peer is
 * overtaken. Run it with {@code scripts/bench --cold}, and over small tables with {@code --small}.
 */
final class Cold {
  private static final String SIGMAX = "Sigmax job";

  /** Of the run that comes before all that are measured. */
  private static final long FEW_ROWS = 1000;

  /** The difference that the report makes is smaller than that between two runs of the same. */
  private static final int PAIRS_FOR_REPORT = 5;

  private final Path folder;
  private final List<String> java;
  private final String modules;
  private final int rounds;
  private final Processes processes;

  private Cold(Path folder, List<String> java, String modules, int rounds) {
    this.folder = folder;
    this.java = java;
    this.modules = modules;
    this.rounds = rounds;
    this.processes = new Processes(folder.resolve("process.log"), modules);
  }

  /**
   * Arguments: a folder for data and results, a number of rounds, shapes between commas, then row
   * counts; or {@code one ENGINE SHAPE INPUT OUTPUT}, which is how it starts a peer in a process of
   * its own.
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("one")) {
      one(arguments[1], Shape.of(arguments[2]), Path.of(arguments[3]), Path.of(arguments[4]));
      System.exit(0);
    }
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@conf/java-options",
            "-Xmx4g",
            "-Dlog4j2.configurationFile=conf/log4j2.properties",
            "-cp",
            System.getProperty("java.class.path"),
            Cold.class.getName());
    Cold cold =
        new Cold(
            Path.of(arguments[0]).toAbsolutePath(),
            java,
            System.getProperty("bench.node.modules", ""),
            Integer.parseInt(arguments[1]));
    List<Long> rows = new ArrayList<>();
    for (int i = 3; i < arguments.length; i++) {
      rows.add(Long.parseLong(arguments[i].replace("_", "")));
    }
    for (String word : arguments[2].split(",", -1)) {
      cold.measure(Shape.of(word), rows);
    }
  }

  private static void one(String engine, Shape shape, Path input, Path output) throws Exception {
    int threads = Runtime.getRuntime().availableProcessors();
    if (engine.equals("duckdb")) {
      new DuckDb(threads).run(shape, input, output);
      return;
    }
    SparkSession spark =
        SparkSession.builder()
            .master("local[" + threads + "]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate();
    new SparkEngines.Expressions(spark, true).run(shape, input, output);
    spark.stop();
  }

  private void measure(Shape shape, List<Long> asked) throws Exception {
    List<Long> fitting = asked.stream().filter(count -> shape.fits(count, folder)).toList();
    List<Long> rows = fitting.stream().map(shape::rows).toList();
    System.out.println(shape.name());
    if (fitting.size() < asked.size()) {
      System.out.println("left out, as the disk has no room: more than " + rows + " rows");
    }
    Path output = folder.resolve("output");
    Path ours = folder.resolve("ours");
    // The first run of a new jar leaves a class-data archive behind; wait for it, be there an old
    // one.
    Path small = Tables.make(folder.resolve("data"), shape, FEW_ROWS);
    Tables.remove(ours);
    processes.run(List.of(), sigmax(shape, small, ours, List.of()));
    Processes.awaitArchive();
    Map<String, List<Readings>> taken = new LinkedHashMap<>();
    for (long count : fitting) {
      Path input = Tables.make(folder.resolve("data"), shape, count);
      inTurn(shape, input, output, ours)
          .forEach(
              (engine, readings) -> {
                taken.computeIfAbsent(engine, name -> new ArrayList<>()).add(readings);
                System.out.printf(
                    "%,12d rows  %-12s %s s, %s CPU s%n",
                    shape.rows(count),
                    engine,
                    readings.spread(Taken::wall),
                    readings.spread(Taken::cpu));
              });
    }
    // Of one table alone nothing follows for others.
    if (rows.size() > 1) {
      overtaken(rows, taken);
      cpu(shape, rows, taken);
      long most = fitting.get(fitting.size() - 1);
      report(shape, most, Tables.make(folder.resolve("data"), shape, most), output);
    }
  }

  /** All engines over one table, one after the other, as often as there are rounds. */
  private Map<String, Readings> inTurn(Shape shape, Path input, Path output, Path ours)
      throws Exception {
    Map<String, Readings> taken = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      Tables.remove(ours);
      for (Map.Entry<String, List<String>> engine :
          commands(shape, input, output, ours).entrySet()) {
        Path written = engine.getKey().equals(SIGMAX) ? ours : output;
        Tables.remove(output);
        List<String> words =
            engine.getKey().equals("Polars")
                ? List.of(polarsTask(shape, input, output))
                : List.of();
        FreeMemory.make(folder, input, 1);
        Taken took = processes.run(words, engine.getValue());
        if (!written.equals(ours)) {
          Check.same(shape, ours, written);
        }
        taken.computeIfAbsent(engine.getKey(), name -> new Readings()).add(took);
      }
      Tables.remove(output);
    }
    return taken;
  }

  private Map<String, List<String>> commands(Shape shape, Path input, Path output, Path ours) {
    Map<String, List<String>> commands = new LinkedHashMap<>();
    commands.put(SIGMAX, sigmax(shape, input, ours, List.of()));
    if (!shape.hasPeers()) {
      return commands;
    }
    commands.put("DuckDB", peer("duckdb", shape, input, output));
    commands.put("Spark SQL", peer("spark", shape, input, output));
    if (!modules.isEmpty()) {
      commands.put("Polars", List.of("node", "scripts/bench_polars.js"));
    }
    return commands;
  }

  private List<String> peer(String engine, Shape shape, Path input, Path output) {
    List<String> command = new ArrayList<>(java);
    command.addAll(List.of("one", engine, shape.word(), input.toString(), output.toString()));
    return command;
  }

  private static List<String> sigmax(Shape shape, Path input, Path output, List<String> options) {
    List<String> command = new ArrayList<>();
    Collections.addAll(
        command,
        "scripts/sigmax",
        "score",
        "--input",
        input.toString(),
        "--output",
        output.toString(),
        "--task",
        shape.softmax() ? "multiclass" : "multilabel",
        "--logits",
        shape.array() ? "logits" : "logit_*");
    command.addAll(options);
    return command;
  }

  private static String polarsTask(Shape shape, Path input, Path output) {
    return String.join(
        "\t",
        input.toString(),
        output.toString(),
        Integer.toString(shape.classes()),
        shape.array() ? "array" : "columns",
        shape.softmax() ? "softmax" : "sigmoid");
  }

  /** Who is ahead from how many rows on, by lines through the first and the last medians. */
  private static void overtaken(List<Long> rows, Map<String, List<Readings>> taken) {
    Line ours = line(rows, taken.get(SIGMAX), Taken::wall);
    taken.forEach(
        (name, readings) -> {
          if (!name.equals(SIGMAX)) {
            Line line = line(rows, readings, Taken::wall);
            System.out.printf(
                "  %-12s %s; more rows take it %.2f times as long%n",
                name, line.beside(ours), line.slope() / ours.slope());
          }
        });
  }

  /** What more rows cost. */
  private static void cpu(Shape shape, List<Long> rows, Map<String, List<Readings>> taken) {
    taken.forEach(
        (name, readings) ->
            System.out.printf(
                "  %-12s %.1f CPU s for each 10^9 logits beyond the start%n",
                name, line(rows, readings, Taken::cpu).slope() / shape.classes() * 1e9));
  }

  /** What the page for people costs: runs with it and without it, in turn. */
  private void report(Shape shape, long rows, Path input, Path output) throws Exception {
    Readings with = new Readings();
    Readings without = new Readings();
    for (int i = 0; i < PAIRS_FOR_REPORT; i++) {
      Tables.remove(output);
      with.add(processes.run(List.of(), sigmax(shape, input, output, List.of())));
      Tables.remove(output);
      without.add(processes.run(List.of(), sigmax(shape, input, output, List.of("--no-report"))));
    }
    Tables.remove(output);
    System.out.printf(
        "  %,d rows with a report %s CPU s, without %s: %.1f %%%n",
        shape.rows(rows),
        with.spread(Taken::cpu),
        without.spread(Taken::cpu),
        (1 - without.median(Taken::cpu) / with.median(Taken::cpu)) * 100);
  }

  private static Line line(
      List<Long> rows, List<Readings> readings, ToDoubleFunction<Taken> seconds) {
    int last = rows.size() - 1;
    return Line.through(
        rows.get(0),
        readings.get(0).median(seconds),
        rows.get(last),
        readings.get(last).median(seconds));
  }
}
