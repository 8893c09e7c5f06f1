package dev.sigmax.job.spec;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What was said about a job, in a file or on the command line, not yet held against anything.
 *
 * @param texts a value as one text; flags as {@code true} or {@code false}
 * @param lists a value that came as a list
 * @param places where a key of a job file stands, in words; of an option nothing
 * @param file the job file, if any was read
 */
public record JobSettings(
    Map<JobKey, String> texts,
    Map<JobKey, List<String>> lists,
    Map<JobKey, String> places,
    Optional<String> file) {
  /** Copies all. */
  public JobSettings {
    texts = Map.copyOf(texts);
    lists = Map.copyOf(lists);
    places = Map.copyOf(places);
  }

  /** Settings of no job file. */
  public JobSettings(Map<JobKey, String> texts, Map<JobKey, List<String>> lists) {
    this(texts, lists, Map.of(), Optional.empty());
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
    Map<JobKey, String> allPlaces = new EnumMap<>(JobKey.class);
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
      allPlaces.keySet().removeAll(settings.keys());
      allPlaces.putAll(settings.places);
    }
    return new JobSettings(allTexts, allLists, allPlaces, file.or(over::file));
  }

  /** These settings, with nothing said of a key. */
  public JobSettings without(JobKey key) {
    Map<JobKey, String> otherTexts = new EnumMap<>(JobKey.class);
    Map<JobKey, List<String>> otherLists = new EnumMap<>(JobKey.class);
    otherTexts.putAll(texts);
    otherLists.putAll(lists);
    otherTexts.remove(key);
    otherLists.remove(key);
    Map<JobKey, String> otherPlaces = new EnumMap<>(JobKey.class);
    otherPlaces.putAll(places);
    otherPlaces.remove(key);
    return new JobSettings(otherTexts, otherLists, otherPlaces, file);
  }

  /** The keys that something was said of. */
  public Set<JobKey> keys() {
    Set<JobKey> keys = EnumSet.noneOf(JobKey.class);
    keys.addAll(texts.keySet());
    keys.addAll(lists.keySet());
    return keys;
  }

  /**
   * What a key's value means. Where it is refused and the key stands in a job file, the refusal
   * begins with its place.
   */
  <T> T read(JobKey key, Supplier<T> meaning) {
    try {
      return meaning.get();
    } catch (UsageException refused) {
      String place = places.get(key);
      if (place == null) {
        throw refused;
      }
      throw new UsageException(refused.name(), place + ": " + refused.getMessage(), refused);
    }
  }

  /** Refuses a value with a variable in it that nobody filled in. */
  void requireFilled(JobKey key, String text) {
    read(
        key,
        () -> {
          Template.requireFilled(key, text);
          return text;
        });
  }

  /**
   * The refusal of a job of which something is not said.
   *
   * @param options how to say it in options
   */
  UsageException missing(JobKey key, String options) {
    String what = "no " + key.key() + " is given";
    return new UsageException(
        ErrorName.OPTION_MISSING,
        file.map(name -> what + " in " + name + ": add the key there, or take " + options + ".")
            .orElse(what + ": " + options + ", or the same in a job file."));
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
