package dev.sigmax.output;

import dev.sigmax.parquet.footer.Footer;
import dev.sigmax.tally.TallyCounts;
import dev.sigmax.tally.TallyRule;
import java.util.OptionalDouble;

/** Adds up what the files of an output say of their rows. */
public final class CountedRows {
  private CountedRows() {}

  /** The counts of all files; only files that were committed are there to say anything. */
  public static Manifest.Distribution of(WrittenFiles written, TallyRule rule) {
    TallyCounts all = TallyCounts.none(rule);
    for (Footer footer : written.footers()) {
      String counted = footer.notes().get(TallyRule.FOOTER_KEY);
      if (counted != null) {
        all.add(TallyCounts.parse(counted));
      }
    }
    return new Manifest.Distribution(
        rule.every(),
        all.rows(),
        all.nanRows(),
        all.zeros(),
        all.ones(),
        all.largest(),
        all.margins(),
        all.entropies(),
        rule.largestEntropy(),
        all.deviations(),
        all.means(),
        all.predictions(),
        all.rows() == 0 ? null : all.meanLargest(),
        all.probabilities(),
        new Manifest.Logits(number(all.leastLogit()), number(all.largestLogit()), all.logits()));
  }

  private static Double number(OptionalDouble number) {
    return number.isPresent() ? number.getAsDouble() : null;
  }
}
