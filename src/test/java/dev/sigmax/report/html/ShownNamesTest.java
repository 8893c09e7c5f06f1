package dev.sigmax.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Names that are cut and still told apart. */
class ShownNamesTest {
  private static List<String> shown(int most, String... names) {
    ShownNames shown = ShownNames.of(List.of(names), most);
    List<String> texts = List.of(names).stream().map(shown::of).toList();
    texts.forEach(
        text -> assertTrue(text.codePointCount(0, text.length()) <= most, text + " is too long"));
    assertEquals(
        new HashSet<>(List.of(names)).size(), new HashSet<>(texts).size(), () -> "alike: " + texts);
    return texts;
  }

  @Test
  void namesWithRoomAreWholeAndOthersLoseTheirMiddle() {
    assertEquals(List.of("cat", "dog"), shown(11, "cat", "dog"));
    assertEquals(List.of("abcde…vwxyz", "dog"), shown(11, "abcdefghijklmnopqrstuvwxyz", "dog"));
  }

  @Test
  void namesThatDifferInTheirMiddleAloneShowIt() {
    assertEquals(
        List.of("en…03_a…ut", "en…11_a…ut"),
        shown(10, "encoder_layer_03_attention_output", "encoder_layer_11_attention_output"));
    assertEquals(
        List.of("en…3_at…ut", "en…4_at…ut"),
        shown(10, "encoder_layer_03_attention_output", "encoder_layer_04_attention_output"));
  }

  @Test
  void namesThatDifferInTwoPlacesShowTheOneThatTellsThem() {
    String a = "x".repeat(30) + "1" + "y".repeat(30) + "1" + "z".repeat(30);
    String b = "x".repeat(30) + "1" + "y".repeat(30) + "2" + "z".repeat(30);
    String c = "x".repeat(30) + "2" + "y".repeat(30) + "1" + "z".repeat(30);
    assertEquals(List.of("xx…1zzzz…zz", "xx…2zzzz…zz", "xx…2yyyy…zz"), shown(11, a, b, c));
  }

  @Test
  void aNameThatIsWholeKeepsItsTextWhereAnotherIsCutToTheSame() {
    String cut = "abcde" + "-".repeat(20) + "vwxyz";
    assertEquals(List.of("abcde…vwxyz", "ab…-----…yz"), shown(11, "abcde…vwxyz", cut));
  }

  @Test
  void aThousandNamesOfAnyScriptAreToldApart() {
    String[] names =
        IntStream.range(0, 1000)
            .mapToObj(i -> "großer Vogel 🦅".repeat(3) + i + "🦅".repeat(20))
            .toArray(String[]::new);
    shown(11, names);
    shown(40, names);
  }

  @Test
  void theWholeNameIsThereForWhatIsCut() {
    String cut = "abcdefghijklmnopqrstuvwxyz";
    assertEquals(Map.of("abcde…vwxyz", cut), ShownNames.of(List.of("cat", cut), 11).whole());
    assertThrows(IllegalArgumentException.class, () -> ShownNames.of(List.of("cat"), 11).of("x"));
  }
}
