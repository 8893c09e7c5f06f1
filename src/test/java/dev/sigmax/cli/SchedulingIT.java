package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sigmax.testing.Documents;
import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipes of docs/scheduling.md, as far as they run without their schedulers. */
class SchedulingIT {
  private static final String PAGE = "docs/scheduling.md";

  @TempDir private Path folder;

  private Path write(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    assertTrue(file.toFile().setExecutable(true));
    return file;
  }

  private Path nightly() throws IOException {
    write("nightly.yaml", Documents.blocks(PAGE, "yaml").get(0));
    return write("nightly", Documents.blocks(PAGE, "bash").get(0));
  }

  @Test
  void theScriptPublishesADayAndVerifiesIt() throws IOException {
    Path script = nightly();
    Path day = Files.createDirectories(folder.resolve("logits/dt=2026-11-21"));
    DuckDb.run(
        "COPY (SELECT i AS id, i::FLOAT AS logit_a, 2::FLOAT AS logit_b FROM range(9) t(i)) TO '"
            + day
            + "/a.parquet' (FORMAT parquet)");
    Files.createDirectories(folder.resolve("probabilities"));
    String sigmax = "SIGMAX=" + Path.of("scripts/sigmax").toAbsolutePath() + " " + script;
    for (String answer : List.of("published run 2026-11-21", "already published")) {
      Shell.Result result = Shell.run("bash", "-c", sigmax + " 2026-11-21");
      assertEquals(0, result.code(), result.err());
      assertTrue(result.out().contains(answer), result.out());
      assertTrue(result.out().contains("is this job's run on its inputs"), result.out());
    }
    assertEquals(3, Shell.run("bash", "-c", sigmax + " 2026-11-22").code());
  }

  @Test
  void theScriptTriesAgainOnSevenAlone() throws IOException {
    Path script = nightly();
    Path calls = folder.resolve("calls");
    write("sleep", "#!/bin/sh\necho \"sleep $1\" >>" + calls + "\n");
    for (Map.Entry<String, List<String>> each :
        Map.of(
                "7 7 0 0", List.of("score", "sleep 60", "score", "sleep 600", "score", "verify"),
                "4 0", List.of("score"),
                "0 6", List.of("score", "verify"),
                "7 7 7 7 0",
                    List.of(
                        "score", "sleep 60", "score", "sleep 600", "score", "sleep 1800", "score"))
            .entrySet()) {
      Files.deleteIfExists(calls);
      Path codes = write("codes", each.getKey().replace(' ', '\n') + "\n");
      Path stub =
          write(
              "sigmax",
              "#!/bin/sh\necho \"$1\" >>%s\ncode=$(head -n 1 %s)\nsed -i 1d %s\nexit $code\n"
                  .formatted(calls, codes, codes));
      Shell.Result result =
          Shell.run("bash", "-c", "PATH=" + folder + ":$PATH SIGMAX=" + stub + " " + script);
      assertEquals(each.getValue(), Files.readAllLines(calls), each.getKey());
      List<String> last = List.of(each.getKey().split(" "));
      int ended = each.getValue().size() > 6 ? 7 : Integer.parseInt(last.get(last.size() - 1));
      assertEquals(each.getKey().equals("4 0") ? 4 : ended, result.code(), each.getKey());
    }
  }

  @Test
  void systemdTakesTheServiceAndTheTimer() throws IOException {
    assumeTrue(Shell.run("bash", "-c", "command -v systemd-analyze").code() == 0, "no systemd");
    Path script = nightly();
    List<String> units = Documents.blocks(PAGE, "ini");
    String service = units.get(0).replace("/srv/scores/nightly", script.toString());
    Path serviceFile = Files.writeString(folder.resolve("sigmax-nightly.service"), service);
    Path timer = Files.writeString(folder.resolve("sigmax-nightly.timer"), units.get(1));
    Shell.Result result =
        Shell.run("systemd-analyze", "verify", serviceFile.toString(), timer.toString());
    assertEquals(0, result.code(), result.err());
    assertTrue(!result.err().contains("sigmax-nightly"), result.err());
    String when = units.get(1).replaceAll("(?s).*OnCalendar=([^\n]+).*", "$1");
    assertEquals(0, Shell.run("systemd-analyze", "calendar", when).code());
  }

  @Test
  void cronTakesTheLine() {
    List<String> lines = Documents.blocks(PAGE, "cron").get(0).lines().toList();
    assertTrue(lines.get(0).matches("[A-Z]+=\\S+"), lines.toString());
    assertTrue(lines.get(1).matches("([0-9*]+ ){5}chronic /srv/scores/nightly"), lines.toString());
  }

  /** Imported for real, against classes that take what Airflow's take. */
  @Test
  void airflowsPythonRunsAgainstAStubOfItsInterface() throws IOException {
    Path flow = write("flow.py", Documents.blocks(PAGE, "python").get(0));
    Path stub =
        write(
            "stub.py",
            """
            import runpy, sys, types

            class DAG:
                def __init__(self, *, dag_id, schedule, start_date, catchup, max_active_runs, default_args):
                    pass
                def __enter__(self): return self
                def __exit__(self, *failure): pass

            tasks = []
            class Operator:
                def __init__(self, task_id, retries=None):
                    self.id, self.after = task_id, None
                    tasks.append(self)
                def __rshift__(self, other):
                    other.after = self
            class SparkSubmitOperator(Operator):
                def __init__(self, *, application, conn_id, java_class, application_args, **others):
                    super().__init__(**others)
                    self.arguments = application_args
            class BashOperator(Operator):
                def __init__(self, *, bash_command, **others):
                    super().__init__(**others)
                    self.arguments = bash_command.split()[1:]

            def module(name, **names):
                made = sys.modules[name] = types.ModuleType(name)
                made.__dict__.update(names)
            for name in ["airflow.providers", "airflow.providers.apache", "airflow.providers.apache.spark",
                         "airflow.providers.apache.spark.operators", "airflow.providers.standard",
                         "airflow.providers.standard.operators"]:
                module(name)
            module("airflow", DAG=DAG)
            module("airflow.providers.apache.spark.operators.spark_submit", SparkSubmitOperator=SparkSubmitOperator)
            module("airflow.providers.standard.operators.bash", BashOperator=BashOperator)
            runpy.run_path(sys.argv[1])
            for task in tasks:
                print(task.id, task.after and task.after.id, *task.arguments)
            """);
    Shell.Result result = Shell.run("python3", stub.toString(), flow.toString());
    assertEquals(
        """
        score None score /srv/scores/nightly.yaml --set date={{ ds }}
        verify score verify /srv/scores/nightly.yaml --set date={{ ds }}
        """,
        result.out(),
        result.err());
  }
}
