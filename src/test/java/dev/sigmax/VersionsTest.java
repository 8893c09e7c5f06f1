package dev.sigmax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.spark.TestedSparks;
import dev.sigmax.testing.Documents;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The README's table of versions is what the build runs. */
class VersionsTest {
  private static final String DEFAULT = "";

  private static NodeList nodes(String path) throws Exception {
    Document pom =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(Path.of("pom.xml").toFile());
    return (NodeList)
        XPathFactory.newInstance().newXPath().evaluate(path, pom, XPathConstants.NODESET);
  }

  /** Spark by profile; the build's own has no name. */
  private static Map<String, String> sparks() throws Exception {
    Map<String, String> sparks = new LinkedHashMap<>();
    sparks.put(DEFAULT, nodes("/project/properties/spark.version").item(0).getTextContent());
    NodeList versions = nodes("/project/profiles/profile/properties/spark.version");
    NodeList names = nodes("/project/profiles/profile[properties/spark.version]/id");
    for (int i = 0; i < versions.getLength(); i++) {
      sparks.put(names.item(i).getTextContent(), versions.item(i).getTextContent());
    }
    return sparks;
  }

  /** The cells of the rows between the table's two comments. */
  private static List<List<String>> table() {
    String text = Documents.text("README.md");
    String table =
        text.substring(text.indexOf("<!-- versions"), text.indexOf("<!-- end of versions"));
    return table
        .lines()
        .filter(line -> line.matches("\\| \\d.*"))
        .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
        .map(cells -> cells.subList(1, cells.size() - 1))
        .toList();
  }

  @Test
  void theTableHasARowForEachSparkThatAProfileRuns() throws Exception {
    assertEquals(
        new TreeSet<>(sparks().values()),
        new TreeSet<>(table().stream().map(row -> row.get(0)).toList()));
    for (Map.Entry<String, String> spark : sparks().entrySet()) {
      String told =
          table().stream()
              .filter(row -> row.get(0).equals(spark.getValue()))
              .map(row -> row.get(3))
              .findFirst()
              .orElseThrow();
      String how =
          spark.getKey().equals(DEFAULT)
              ? "the jar is built against it"
              : "`-P" + spark.getKey() + "`";
      assertTrue(told.contains(how), told);
    }
  }

  @Test
  void theProgramKnowsTheSameSparks() throws Exception {
    String tested = nodes("/project/properties/spark.tested").item(0).getTextContent();
    assertEquals(new TreeSet<>(sparks().values()), new TreeSet<>(List.of(tested.split(" ", -1))));
    sparks().values().forEach(version -> assertTrue(TestedSparks.has(version), version));
  }

  @Test
  void scalaIsThatOfTheDependencies() throws Exception {
    NodeList artifacts = nodes("//dependency[groupId='org.apache.spark']/artifactId");
    for (int i = 0; i < artifacts.getLength(); i++) {
      assertTrue(artifacts.item(i).getTextContent().endsWith("_2.13"));
    }
    table().forEach(row -> assertEquals("2.13", row.get(2)));
  }
}
