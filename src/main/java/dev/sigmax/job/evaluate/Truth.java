package dev.sigmax.job.evaluate;

import dev.sigmax.error.Counted;
import dev.sigmax.job.plan.YesNoWords;
import dev.sigmax.kernel.rule.Task;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    this.wordsCrossed = areCrossed(labels, name -> !YesNoWords.isNumber(name));
  }

  /** Whether each label held in the row that was read last. */
  public boolean[] holds() {
    return holds;
  }

  /** The class that held; of a multilabel row it means nothing. */
  public int index() {
    return index;
  }

  /** What is wrong with the texts, where {@link #read} gave {@link Reading#UNKNOWN}. */
  public String unknown() {
    return unknown;
  }

  /** What came of a row's texts. */
  public enum Reading {
    /** The row has a truth. */
    KNOWN,
    /** The row has no label. */
    ABSENT,
    /** A text that is no class, or neither a yes nor a no. */
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
        unknown = "the label " + text + " is no class";
        return Reading.UNKNOWN;
      }
      holds[index] = true;
    }
    return Reading.KNOWN;
  }

  private Reading readFlags(List<String> texts) {
    if (texts.size() != holds.length) {
      unknown =
          "the array has "
              + Counted.of(texts.size(), "element")
              + " for "
              + Counted.of(holds.length, "label");
      return Reading.UNKNOWN;
    }
    for (int i = 0; i < holds.length; i++) {
      Optional<Boolean> flag = YesNoWords.answer(number(texts.get(i)));
      if (flag.isEmpty()) {
        unknown = "the value " + texts.get(i) + " is neither 1 or true nor 0 or false";
        return Reading.UNKNOWN;
      }
      holds[i] = flag.get();
    }
    return Reading.KNOWN;
  }

  private int classOf(String text) {
    Integer exact = classes.get(text);
    if (exact == null) {
      exact = classes.get(whole(text));
    }
    if (exact != null) {
      return exact;
    }
    return task == Task.BINARY ? flagOf(number(text)) : -1;
  }

  /**
   * A flag names no class where the yes reads as a no, or the no as a yes: which is meant then? But
   * true and false are the yes and the no whatever numbers the classes are called.
   */
  private int flagOf(String text) {
    boolean crossed = YesNoWords.isBoolean(text) ? wordsCrossed : namesCrossed;
    return crossed ? -1 : YesNoWords.answer(text).map(yes -> yes ? 1 : 0).orElse(-1);
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

  private static String whole(String text) {
    return WHOLE.matcher(text).replaceFirst("");
  }

  /** As {@link #whole}, without a zero's sign. */
  private static String number(String text) {
    String whole = whole(text);
    return whole.equals("-0") ? "0" : whole;
  }
}
