package dev.sigmax.job.evaluate;

import dev.sigmax.error.Counted;
import dev.sigmax.job.plan.YesNoWords;
import dev.sigmax.kernel.rule.Task;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads what really held in a row, from the texts of its label columns. One owner: it keeps the
 * last row's truth.
 */
public final class Truth implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A whole number that a column of doubles or decimals holds: 5.0. */
  private static final Pattern WHOLE = Pattern.compile("[.]0+$");

  private static final Set<String> NUMBERS = Set.of("0", "1");

  /** How the texts of a row are meant. */
  public enum Form {
    /** One text: the class. */
    CLASS,
    /** A yes or no for each label, in their order. */
    FLAGS,
    /** The labels that hold. */
    NAMES
  }

  private final Task task;
  private final Form form;
  private final Map<String, Integer> classes = new HashMap<>();
  private final boolean namesCrossed;
  private final boolean wordsCrossed;
  private final boolean[] holds;
  private int index;
  private String unknown;

  /** The truth of rows of {@code task} with one probability for each of {@code labels}. */
  public Truth(Task task, Form form, List<String> labels) {
    this.task = task;
    this.form = form;
    for (int i = 0; i < labels.size(); i++) {
      classes.put(labels.get(i), i);
    }
    this.holds = new boolean[labels.size()];
    this.namesCrossed = areCrossed(labels, name -> true);
    this.wordsCrossed = areCrossed(labels, name -> !NUMBERS.contains(name));
  }

  /** Whether each label held in the row that was read last. */
  public boolean[] holds() {
    return holds;
  }

  /** The class that held; of a multilabel row it means nothing. */
  public int index() {
    return index;
  }

  /** The text that is no class, where {@link #read} gave {@link Reading#UNKNOWN}. */
  public String unknown() {
    return unknown;
  }

  /** What came of a row's texts. */
  public enum Reading {
    /** The row has a truth. */
    KNOWN,
    /** The row has no label. */
    ABSENT,
    /** A text that is no class. */
    UNKNOWN
  }

  /** Reads a row's texts; null, or a null among them, stands for no label. */
  public Reading read(List<String> texts) {
    if (texts == null || texts.contains(null)) {
      return Reading.ABSENT;
    }
    Arrays.fill(holds, false);
    if (form == Form.FLAGS) {
      return readFlags(texts);
    }
    for (String text : texts) {
      index = classOf(text);
      if (index < 0) {
        unknown = text;
        return Reading.UNKNOWN;
      }
      holds[index] = true;
    }
    return Reading.KNOWN;
  }

  private Reading readFlags(List<String> texts) {
    if (texts.size() != holds.length) {
      unknown = Counted.of(texts.size(), "value") + " for " + Counted.of(holds.length, "label");
      return Reading.UNKNOWN;
    }
    for (int i = 0; i < holds.length; i++) {
      int flag = flag(texts.get(i));
      if (flag < 0) {
        unknown = texts.get(i);
        return Reading.UNKNOWN;
      }
      holds[i] = flag == 1;
    }
    return Reading.KNOWN;
  }

  private int classOf(String text) {
    Integer exact = classes.get(text);
    if (exact == null) {
      exact = classes.get(WHOLE.matcher(text).replaceFirst(""));
    }
    if (exact != null) {
      return exact;
    }
    return task == Task.BINARY ? flagOf(WHOLE.matcher(text).replaceFirst("")) : -1;
  }

  /**
   * A flag names no class where the yes reads as a no, or the no as a yes: which is meant then? But
   * true and false are the yes and the no whatever numbers the classes are called.
   */
  private int flagOf(String text) {
    boolean word = text.equals("true") || text.equals("false");
    return (word ? wordsCrossed : namesCrossed) ? -1 : flag(text);
  }

  /** Whether the no, the first of two labels, reads as a yes, or the second as a no. */
  private static boolean areCrossed(List<String> labels, Predicate<String> counts) {
    if (labels.size() != 2) {
      return false;
    }
    String no = labels.get(0);
    String yes = labels.get(1);
    return (counts.test(no) && YesNoWords.readsAsYes(no))
        || (counts.test(yes) && YesNoWords.readsAsNo(yes));
  }

  /** 1 for a yes, 0 for a no, -1 for neither. */
  private static int flag(String text) {
    return switch (WHOLE.matcher(text).replaceFirst("")) {
      case "true", "1" -> 1;
      case "false", "0", "-0" -> 0;
      default -> -1;
    };
  }
}
