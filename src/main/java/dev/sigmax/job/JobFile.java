package dev.sigmax.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.sigmax.refusal.UsageRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads a job file: YAML, as data only. Relative paths in it are relative to the folder it lies in,
 * so that a job runs from anywhere.
 */
public final class JobFile {
  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:");

  private final Path file;
  private final Map<JobKey, String> texts = new EnumMap<>(JobKey.class);
  private final Map<JobKey, List<String>> lists = new EnumMap<>(JobKey.class);

  private JobFile(Path file) {
    this.file = file;
  }

  /** The settings in a job file. */
  public static JobSettings read(Path file) {
    return new JobFile(file).read();
  }

  private JobSettings read() {
    JsonNode root = parse();
    if (root == null || root.isMissingNode() || root.isNull()) {
      throw new UsageRefusal(
          "the job file " + file + " is empty. It needs at least input, output and task.");
    }
    if (!root.isObject()) {
      throw new UsageRefusal("the job file " + file + " is not a list of keys and values.");
    }
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      JobKey key = NearestKey.require(field.getKey(), file);
      take(key, field.getValue());
    }
    return new JobSettings(texts, lists);
  }

  private JsonNode parse() {
    try {
      return YAML.readTree(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new UsageRefusal("there is no job file " + file + ".", e);
    } catch (JsonProcessingException e) {
      String where = e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
      throw new UsageRefusal(
          "the job file "
              + file
              + " is not YAML"
              + where
              + ": "
              + firstLine(e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new UsageRefusal("cannot read the job file " + file + ": " + e.getMessage(), e);
    }
  }

  private void take(JobKey key, JsonNode value) {
    boolean scalar = value.isValueNode() && !value.isNull();
    switch (key.form()) {
      case FLAG -> {
        require(key, value.isBoolean(), "true or false", value);
        texts.put(key, value.asText());
      }
      case NUMBER -> {
        require(key, value.isNumber() || value.isTextual(), "a number", value);
        texts.put(key, value.asText());
      }
      case CHOICE -> {
        // YAML reads a bare null as nothing, and "null" is what becomes of a bad row.
        String choice = value.isNull() && key == JobKey.ON_BAD_ROW ? "null" : value.asText();
        require(
            key,
            (value.isTextual() || value.isNull()) && key.choices().contains(choice),
            "one of " + String.join(", ", key.choices()),
            value);
        texts.put(key, choice);
      }
      case TEXT -> {
        require(key, scalar && !value.asText().isBlank(), "a text", value);
        texts.put(key, key == JobKey.OUTPUT ? resolve(value.asText()) : value.asText());
      }
      case TEXTS, COLUMNS -> {
        if (value.isArray()) {
          lists.put(key, items(key, value));
        } else {
          require(key, scalar, "a text or a list of texts", value);
          texts.put(key, key == JobKey.INPUT ? resolve(value.asText()) : value.asText());
        }
      }
    }
  }

  private List<String> items(JobKey key, JsonNode value) {
    List<String> items = new ArrayList<>();
    for (JsonNode item : value) {
      require(key, item.isValueNode() && !item.isNull(), "a list of texts", value);
      items.add(key == JobKey.INPUT ? resolve(item.asText()) : item.asText());
    }
    return items;
  }

  private String resolve(String path) {
    if (path.startsWith("/") || SCHEME.matcher(path).lookingAt()) {
      return path;
    }
    return "file:" + file.toAbsolutePath().normalize().getParent() + "/" + path;
  }

  private void require(JobKey key, boolean right, String wanted, JsonNode found) {
    if (!right) {
      throw new UsageRefusal(
          key.key() + " in the job file " + file + " must be " + wanted + ", not " + found + ".");
    }
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
