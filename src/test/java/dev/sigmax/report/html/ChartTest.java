package dev.sigmax.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is around every picture, for those who do not see it or have no pointer. */
class ChartTest {
  private static Chart chart(String title) {
    return new Bars(
        title,
        "Text.",
        "Class",
        List.of("mean"),
        List.of(new Bars.Row("a", List.of(0.5), List.of("0.5"))));
  }

  @Test
  void theNumbersOfEachPictureAreCalledByItsTitleAndAreReachedByKeys() {
    Markup page = new Markup();
    chart("Classes").write(page, "one");
    chart("Margin").write(page, "two");
    String html = page.page();
    for (String id : List.of("one", "two")) {
      String named = "aria-labelledby=\"" + id + "-numbers " + id + "-title\"";
      assertTrue(
          html.contains("<summary id=\"" + id + "-numbers\" " + named + ">The numbers</summary>"),
          html);
      assertTrue(
          html.contains("<div class=\"wide\" role=\"group\" tabindex=\"0\" " + named + ">"), html);
      assertEquals(
          2, html.split("id=\"" + id + "-title\"|id=\"" + id + "-numbers\"", -1).length - 1);
    }
  }
}
