package dev.sigmax.job.inspect;

import java.util.List;
import java.util.Map;
import org.apache.commons.text.WordUtils;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.Yaml;

/** Writes the text of a job file, with comments above the keys. */
final class JobFileText {
  private static final int WIDTH = 100;

  private final StringBuilder text = new StringBuilder();

  /** Adds a comment; none for an empty one. */
  JobFileText comment(String comment) {
    if (!comment.isEmpty()) {
      String wrapped = WordUtils.wrap(comment.replace('\n', ' '), WIDTH, "\n# ", false);
      text.append("# ").append(wrapped).append('\n');
    }
    return this;
  }

  /** Adds a key, with its comment above it. */
  JobFileText key(String key, Object value, String comment) {
    comment(comment);
    DumperOptions options = new DumperOptions();
    options.setSplitLines(false);
    options.setAllowUnicode(true);
    // A list on one line, and the key on a line of its own.
    options.setDefaultFlowStyle(value instanceof List ? FlowStyle.AUTO : FlowStyle.BLOCK);
    text.append(new Yaml(options).dump(Map.of(key, value)));
    return this;
  }

  String text() {
    return text.toString();
  }
}
