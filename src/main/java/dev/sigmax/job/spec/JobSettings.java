package dev.sigmax.job.spec;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was said about a job, in a file or on the command line, not yet held against anything.
 *
 * @param texts a value as one text; flags as {@code true} or {@code false}
 * @param lists a value that came as a list
 */
public record JobSettings(Map<JobKey, String> texts, Map<JobKey, List<String>> lists) {
  /** Copies both. */
  public JobSettings {
    texts = Map.copyOf(texts);
    lists = Map.copyOf(lists);
  }

  /** Settings of values: lists, maps of a name to its value, and all else as texts. */
  public static JobSettings of(Map<JobKey, ?> values) {
    Map<JobKey, String> texts = new EnumMap<>(JobKey.class);
    Map<JobKey, List<String>> lists = new EnumMap<>(JobKey.class);
    values.forEach(
        (key, value) -> {
          if (value instanceof List<?> list) {
            lists.put(key, list.stream().map(String::valueOf).toList());
          } else if (value instanceof Map<?, ?> map) {
            lists.put(
                key, map.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
          } else {
            texts.put(key, String.valueOf(value));
          }
        });
    return new JobSettings(texts, lists);
  }

  /** These settings, with {@code over} winning. */
  public JobSettings overriddenBy(JobSettings over) {
    Map<JobKey, String> allTexts = new EnumMap<>(JobKey.class);
    Map<JobKey, List<String>> allLists = new EnumMap<>(JobKey.class);
    for (JobSettings settings : List.of(this, over)) {
      settings.texts.forEach(
          (key, text) -> {
            allLists.remove(key);
            allTexts.put(key, text);
          });
      settings.lists.forEach(
          (key, list) -> {
            allTexts.remove(key);
            allLists.put(key, list);
          });
    }
    return new JobSettings(allTexts, allLists);
  }

  /** These settings, with nothing said of a key. */
  public JobSettings without(JobKey key) {
    Map<JobKey, String> otherTexts = new EnumMap<>(JobKey.class);
    Map<JobKey, List<String>> otherLists = new EnumMap<>(JobKey.class);
    otherTexts.putAll(texts);
    otherLists.putAll(lists);
    otherTexts.remove(key);
    otherLists.remove(key);
    return new JobSettings(otherTexts, otherLists);
  }

  /** The keys that something was said of. */
  public Set<JobKey> keys() {
    Set<JobKey> keys = EnumSet.noneOf(JobKey.class);
    keys.addAll(texts.keySet());
    keys.addAll(lists.keySet());
    return keys;
  }

  Optional<String> text(JobKey key) {
    if (lists.containsKey(key)) {
      throw new UsageException(ErrorName.OPTION_VALUE, key.key() + " takes one value, not a list.");
    }
    return Optional.ofNullable(texts.get(key));
  }

  /** A value that came as a list. */
  public Optional<List<String>> list(JobKey key) {
    return Optional.ofNullable(lists.get(key));
  }

  boolean flag(JobKey key) {
    return Boolean.parseBoolean(texts.get(key));
  }
}
