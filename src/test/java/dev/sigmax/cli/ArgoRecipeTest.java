package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Documents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * The recipe for Argo and the Spark operator in docs/scheduling.md: its fields are spelled and
 * typed as the custom resource definitions of Argo Workflows 4 and Spark operator 2 have them,
 * which drop or refuse others. Whoever adds a field looks it up there.
 */
class ArgoRecipeTest {
  private static final Pattern VARIABLE = Pattern.compile("\\{\\{(.*?)}}");
  private static final String MANIFEST = "spec.workflowSpec.templates[].resource.manifest";

  private static final Map<String, Class<?>> WORKFLOW_FIELDS =
      Map.ofEntries(
          Map.entry("apiVersion", String.class),
          Map.entry("kind", String.class),
          Map.entry("metadata.name", String.class),
          Map.entry("spec.schedules[]", String.class),
          Map.entry("spec.concurrencyPolicy", String.class),
          Map.entry("spec.workflowSpec.entrypoint", String.class),
          Map.entry("spec.workflowSpec.serviceAccountName", String.class),
          Map.entry("spec.workflowSpec.arguments.parameters[].name", String.class),
          Map.entry("spec.workflowSpec.arguments.parameters[].value", String.class),
          Map.entry("spec.workflowSpec.templates[].name", String.class),
          Map.entry("spec.workflowSpec.templates[].inputs.parameters[].name", String.class),
          Map.entry("spec.workflowSpec.templates[].steps[][].name", String.class),
          Map.entry("spec.workflowSpec.templates[].steps[][].template", String.class),
          Map.entry(
              "spec.workflowSpec.templates[].steps[][].arguments.parameters[].name", String.class),
          Map.entry(
              "spec.workflowSpec.templates[].steps[][].arguments.parameters[].value", String.class),
          Map.entry("spec.workflowSpec.templates[].retryStrategy.limit", String.class),
          Map.entry("spec.workflowSpec.templates[].retryStrategy.retryPolicy", String.class),
          Map.entry("spec.workflowSpec.templates[].retryStrategy.backoff.duration", String.class),
          Map.entry("spec.workflowSpec.templates[].resource.action", String.class),
          Map.entry("spec.workflowSpec.templates[].resource.setOwnerReference", Boolean.class),
          Map.entry("spec.workflowSpec.templates[].resource.successCondition", String.class),
          Map.entry("spec.workflowSpec.templates[].resource.failureCondition", String.class),
          Map.entry(MANIFEST, String.class),
          Map.entry("spec.workflowSpec.templates[].container.image", String.class),
          Map.entry("spec.workflowSpec.templates[].container.env[].name", String.class),
          Map.entry("spec.workflowSpec.templates[].container.env[].value", String.class),
          Map.entry("spec.workflowSpec.templates[].container.command[]", String.class),
          Map.entry("spec.workflowSpec.templates[].container.args[]", String.class));

  private static final Map<String, Class<?>> APPLICATION_FIELDS =
      Map.ofEntries(
          Map.entry("apiVersion", String.class),
          Map.entry("kind", String.class),
          Map.entry("metadata.generateName", String.class),
          Map.entry("spec.type", String.class),
          Map.entry("spec.mode", String.class),
          Map.entry("spec.sparkVersion", String.class),
          Map.entry("spec.image", String.class),
          Map.entry("spec.mainClass", String.class),
          Map.entry("spec.mainApplicationFile", String.class),
          Map.entry("spec.arguments[]", String.class),
          Map.entry("spec.restartPolicy.type", String.class),
          Map.entry("spec.driver.cores", Integer.class),
          Map.entry("spec.driver.memory", String.class),
          Map.entry("spec.driver.serviceAccount", String.class),
          Map.entry("spec.executor.instances", Integer.class),
          Map.entry("spec.executor.cores", Integer.class),
          Map.entry("spec.executor.memory", String.class));

  private static final Map<String, Set<String>> WORDS =
      Map.of(
          "spec.concurrencyPolicy", Set.of("Allow", "Forbid", "Replace"),
          "spec.workflowSpec.templates[].retryStrategy.retryPolicy",
              Set.of("Always", "OnFailure", "OnError", "OnTransientError"),
          "spec.workflowSpec.templates[].resource.action",
              Set.of("get", "create", "apply", "delete", "replace", "patch"),
          "spec.type", Set.of("Java", "Scala", "Python", "R"),
          "spec.mode", Set.of("cluster", "client", "in-cluster-client"),
          "spec.restartPolicy.type", Set.of("Never", "OnFailure", "Always"));

  private record Template(String name, Map<String, Object> body) {
    Set<String> inputs() {
      return names(at(body, "inputs", "parameters"));
    }

    /** The steps, one after the other. */
    List<Map<String, Object>> steps() {
      return body.containsKey("steps")
          ? list(body.get("steps")).stream().flatMap(group -> maps(group).stream()).toList()
          : List.of();
    }
  }

  private final Map<String, Object> workflow =
      map(new Yaml().load(Documents.blocks("docs/scheduling.md", "yml").get(0)));
  private final List<Template> templates =
      maps(at(workflow, "spec", "workflowSpec", "templates")).stream()
          .map(body -> new Template((String) body.get("name"), body))
          .toList();

  private Template template(Object name) {
    return templates.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  private Map<String, Object> application() {
    return map(new Yaml().load((String) at(template("score").body(), "resource", "manifest")));
  }

  @Test
  void everyFieldIsSpelledAndTypedAsItsDefinitionHasIt() {
    assertEquals("argoproj.io/v1alpha1", workflow.get("apiVersion"));
    assertEquals("CronWorkflow", workflow.get("kind"));
    assertFields(WORKFLOW_FIELDS, workflow);
    assertEquals("sparkoperator.k8s.io/v1beta2", application().get("apiVersion"));
    assertEquals("SparkApplication", application().get("kind"));
    assertFields(APPLICATION_FIELDS, application());
  }

  private static void assertFields(Map<String, Class<?>> known, Map<String, Object> resource) {
    leaves("", resource)
        .forEach(
            (field, values) -> {
              assertTrue(known.containsKey(field), "no field of its definition: " + field);
              for (Object value : values) {
                assertEquals(known.get(field), value.getClass(), field + ": " + value);
                assertTrue(
                    WORDS.getOrDefault(field, Set.of(value.toString())).contains(value.toString()),
                    field + ": " + value);
              }
            });
  }

  @Test
  void theStepsScoreADayAndEndInItsVerify() {
    Template first = template(at(workflow, "spec", "workflowSpec", "entrypoint"));
    List<Object> steps = first.steps().stream().map(step -> step.get("template")).toList();
    assertEquals(List.of("score", "verify"), steps);
    List<Object> score = list(at(application(), "spec", "arguments"));
    List<Object> verify = list(at(template("verify").body(), "container", "args"));
    assertEquals("score", score.get(0));
    assertEquals("verify", verify.get(0));
    assertEquals(score.subList(1, score.size()), verify.subList(1, verify.size()));
    assertEquals(
        List.of("--set", "date={{inputs.parameters.date}}"), score.subList(2, score.size()));
    assertEquals("dev.sigmax.cli.Sigmax", at(application(), "spec", "mainClass"));
  }

  /** Argo puts a parameter of the workflow into the first step as it is written, variables too. */
  @Test
  void everyVariableOfAStepIsAnInputThatItGets() {
    Set<String> given = names(at(workflow, "spec", "workflowSpec", "arguments", "parameters"));
    assertEquals(given, template(at(workflow, "spec", "workflowSpec", "entrypoint")).inputs());
    for (Template template : templates) {
      for (Map<String, Object> step : template.steps()) {
        assertEquals(
            template(step.get("template")).inputs(), names(at(step, "arguments", "parameters")));
      }
      Matcher variable = VARIABLE.matcher(template.body().toString());
      Set<String> inputs =
          template.inputs().stream()
              .map(name -> "inputs.parameters." + name)
              .collect(Collectors.toSet());
      assertFalse(inputs.isEmpty(), template.name());
      while (variable.find()) {
        assertTrue(inputs.contains(variable.group(1)), template.name() + ": " + variable.group());
      }
    }
  }

  /** All values that are no lists and maps, by their fields. */
  private static Map<String, List<Object>> leaves(String field, Object value) {
    Map<String, List<Object>> leaves = new TreeMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (name, inner) ->
              add(leaves, leaves(field.isEmpty() ? name.toString() : field + "." + name, inner)));
    } else if (value instanceof List<?> list) {
      list.forEach(inner -> add(leaves, leaves(field + "[]", inner)));
    } else {
      leaves.put(field, List.of(value));
    }
    return leaves;
  }

  private static void add(Map<String, List<Object>> leaves, Map<String, List<Object>> more) {
    more.forEach(
        (field, values) ->
            leaves.merge(
                field,
                values,
                (one, other) -> {
                  List<Object> both = new ArrayList<>(one);
                  both.addAll(other);
                  return both;
                }));
  }

  private static Set<String> names(Object parameters) {
    return maps(parameters).stream()
        .map(parameter -> (String) parameter.get("name"))
        .collect(Collectors.toSet());
  }

  private static Object at(Map<String, Object> from, String... keys) {
    Object value = from;
    for (String key : keys) {
      value = map(value).get(key);
    }
    return value;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(Object value) {
    return (List<Object>) value;
  }

  private static List<Map<String, Object>> maps(Object value) {
    return list(value).stream().map(ArgoRecipeTest::map).toList();
  }
}
