package dev.sigmax.job.spec;

import dev.sigmax.error.Denial;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads a job file: YAML, as data only, every text as it is written: a label {@code yes} is no
 * truth value, and {@code 007} keeps its zeros. Relative paths in it are relative to the folder it
 * lies in, so that a job runs from anywhere.
 */
public final class JobFile {
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:");

  private final Path file;
  private final Variables variables;
  private final Map<JobKey, String> texts = new EnumMap<>(JobKey.class);
  private final Map<JobKey, List<String>> lists = new EnumMap<>(JobKey.class);
  private final Map<JobKey, String> places = new EnumMap<>(JobKey.class);

  private JobFile(Path file, Variables variables) {
    this.file = file;
    this.variables = variables;
  }

  /** The settings in a job file without variables. */
  public static JobSettings read(Path file) {
    return read(file, Variables.none());
  }

  /** The settings in a job file, its variables filled in. */
  public static JobSettings read(Path file, Variables variables) {
    return new JobFile(file, variables).read();
  }

  private JobSettings read() {
    List<Node> documents = parse();
    if (documents.isEmpty() || isNothing(documents.get(0))) {
      throw new UsageException(
          ErrorName.JOB_FILE,
          "the job file " + file + " is empty. It needs at least input, output and task.");
    }
    if (documents.size() > 1) {
      throw new UsageException(
          ErrorName.JOB_FILE, "the job file " + file + " holds more than one YAML document.");
    }
    if (!(documents.get(0) instanceof MappingNode root)) {
      throw new UsageException(
          ErrorName.JOB_FILE, "the job file " + file + " is not a list of keys and values.");
    }
    for (NodeTuple entry : root.getValue()) {
      String name = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
      String place = place(entry.getKeyNode());
      JobKey key = NearestKey.require(name, place);
      String first = places.putIfAbsent(key, place);
      if (first != null) {
        throw new UsageException(
            ErrorName.JOB_FILE, place + ": " + name + " stands twice, first in " + first + ".");
      }
      take(key, entry.getValueNode());
    }
    return new JobSettings(texts, lists, places, Optional.of(file.toString()));
  }

  private List<Node> parse() {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      List<Node> documents = new ArrayList<>();
      new Yaml(new LoaderOptions()).composeAll(new StringReader(text)).forEach(documents::add);
      return documents;
    } catch (NoSuchFileException e) {
      throw new UsageException(ErrorName.JOB_FILE, "there is no job file " + file + ".", e);
    } catch (MarkedYAMLException e) {
      throw new UsageException(
          ErrorName.JOB_FILE,
          "the job file " + place(e.getProblemMark()) + " is not YAML: " + problem(e) + ".",
          e);
    } catch (YAMLException e) {
      throw new UsageException(
          ErrorName.JOB_FILE, "the job file " + file + " is not YAML: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UsageException(
          ErrorName.JOB_FILE, "cannot read the job file " + file + ": " + why(e) + ".", e);
    }
  }

  /** What a person can do something about: the JDK's own message may be the path alone. */
  private static String why(IOException failure) {
    if (Denial.is(failure)) {
      return Denial.ofReading(failure);
    }
    boolean text = !(failure instanceof CharacterCodingException);
    return (text ? failure.getMessage() : "it is not text in UTF-8")
        + ". A job file is YAML; data is named with --input";
  }

  /** The parser's words in one line, and what to do where they tell little. */
  private static String problem(MarkedYAMLException failure) {
    String context = failure.getContext() == null ? "" : failure.getContext() + ", ";
    String problem =
        context + String.valueOf(failure.getProblem()).lines().findFirst().orElse("").strip();
    return problem.contains("alias")
        ? problem + ". A value that begins with * goes in quotes"
        : problem.replaceFirst("[.]$", "");
  }

  private void take(JobKey key, Node value) {
    switch (key.form()) {
      case FLAG -> {
        require(key, value.getTag().equals(Tag.BOOL), "true or false", value);
        String text = scalar(key, value, "true or false");
        texts.put(
            key,
            Boolean.toString(
                List.of("true", "yes", "on").contains(text.toLowerCase(java.util.Locale.ROOT))));
      }
      case NUMBER -> texts.put(key, scalar(key, value, "a number"));
      case CHOICE ->
          texts.put(key, scalar(key, value, "one of " + String.join(", ", key.choices())));
      case TEXT -> {
        String text = scalar(key, value, "a text");
        texts.put(key, isPath(key, text) ? resolve(text) : text);
      }
      case MAP -> {
        String wanted = "names with a number each";
        if (value instanceof MappingNode map) {
          List<String> items = new ArrayList<>();
          for (NodeTuple entry : map.getValue()) {
            items.add(
                scalar(key, entry.getKeyNode(), wanted)
                    + "="
                    + scalar(key, entry.getValueNode(), wanted));
          }
          lists.put(key, items);
        } else {
          texts.put(key, scalar(key, value, wanted));
        }
      }
      case TEXTS, COLUMNS -> {
        String wanted = "a text or a list of texts";
        if (value instanceof SequenceNode sequence) {
          List<String> items = new ArrayList<>();
          for (Node item : sequence.getValue()) {
            String text = scalar(key, item, "a list of texts");
            items.add(key == JobKey.INPUT ? resolve(text) : text);
          }
          lists.put(key, items);
        } else {
          String text =
              value instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR)
                  ? filled(key, scalar)
                  : scalar(key, value, wanted);
          texts.put(key, key == JobKey.INPUT ? resolve(text) : text);
        }
      }
    }
  }

  private String scalar(JobKey key, Node value, String wanted) {
    require(key, value instanceof ScalarNode && !isNothing(value), wanted, value);
    return filled(key, (ScalarNode) value);
  }

  private String filled(JobKey key, ScalarNode value) {
    return variables.fill(key, value.getValue(), place(value));
  }

  /** A key without a value; the word null is a text. */
  private static boolean isNothing(Node value) {
    return value instanceof ScalarNode scalar && scalar.getValue().isBlank();
  }

  private static boolean isPath(JobKey key, String text) {
    return switch (key) {
      case OUTPUT, CALIBRATION -> true;
      case COMPARE_TO -> !text.equals(Comparison.LATEST);
      default -> false;
    };
  }

  private String resolve(String path) {
    if (path.startsWith("/") || SCHEME.matcher(path).lookingAt()) {
      return path;
    }
    return "file:" + file.toAbsolutePath().normalize().getParent() + "/" + path;
  }

  private void require(JobKey key, boolean right, String wanted, Node found) {
    if (!right) {
      String what =
          found instanceof ScalarNode scalar
              ? (isNothing(found) ? "nothing" : scalar.getValue())
              : (found instanceof SequenceNode ? "a list" : "keys and values");
      throw new UsageException(
          ErrorName.JOB_FILE,
          place(found) + ": " + key.key() + " must be " + wanted + ", not " + what + ".");
    }
  }

  private String place(Node node) {
    return file + ", line " + (node.getStartMark().getLine() + 1);
  }

  private String place(Mark mark) {
    return mark == null ? file.toString() : file + ", line " + (mark.getLine() + 1) + ",";
  }
}
