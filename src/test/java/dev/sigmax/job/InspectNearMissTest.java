package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.ParquetJava;
import dev.sigmax.testing.Program;
import java.util.Map;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;

/** What inspect says of columns that are not quite logits, by their names or by their type. */
class InspectNearMissTest extends JobTest {
  private String inspect() {
    Program run = Program.run("inspect", in().toString());
    assertEquals(0, run.code(), run.err());
    return run.out();
  }

  private void assertSays(String query, String... parts) {
    input("a.parquet", query);
    String said = inspect();
    for (String part : parts) {
      assertTrue(said.contains(part), () -> part + " is not in " + said);
    }
  }

  @Test
  void oneColumnOfAGlobIsNotTheOneLeftOver() {
    assertSays(
        "SELECT 1.5::DOUBLE AS logit_a, 0.5::DOUBLE AS score, 3.0::DOUBLE AS age",
        "the one double column that begins with logit_: logit_a",
        "looks wrong\n  nothing");
    assertSays("SELECT 1 AS id, 2::DOUBLE AS z", "the one double column left over");
  }

  @Test
  void columnsWithNearlyTheNamesOfTheLogitsAreToldAndStandInTheJobFile() {
    assertSays(
        "SELECT 1 AS id, i::DOUBLE AS logit_0, -i::DOUBLE AS logits_1, sin(i) AS Logit_2 FROM"
            + " range(9) t(i)",
        "- --logits logit_* does not choose logits_1, Logit_2, named nearly alike.",
        "# Looks wrong: --logits logit_* does not choose logits_1, Logit_2");
    assertSays(
        "SELECT i::FLOAT AS z1, sin(i)::FLOAT AS z2, cos(i)::FLOAT AS Z3 FROM range(9) t(i)",
        "--logits z* does not choose Z3, named nearly alike.");
  }

  @Test
  void otherWordsThatBeginAlikeAreNoAlarm() {
    assertSays(
        "SELECT i::FLOAT AS logit_a, sin(i)::FLOAT AS logit_b, 1.5 * i::FLOAT AS logitude,"
            + " 0.5 * i::FLOAT AS Logits, i AS logits_seen FROM range(9) t(i)",
        "looks wrong\n  nothing");
    assertSays(
        "SELECT i::FLOAT AS model_out_cat, sin(i)::FLOAT AS model_out_dog, 1.5 * i::FLOAT AS"
            + " model_weight FROM range(9) t(i)",
        "looks wrong\n  nothing");
  }

  @Test
  void halfFloatsAreToBeWrittenAsFloatsAndNotNamedOrLeftOut() {
    MessageType schema = new MessageType("table", half("logit_a"), half("logit_b"));
    ParquetJava.write(
        in().resolve("a.parquet"),
        schema,
        Map.of(),
        ParquetJava.Pages.USUAL,
        2,
        (row, i) -> {
          for (String name : new String[] {"logit_a", "logit_b"}) {
            row.add(name, Binary.fromConstantByteArray(new byte[] {0, 0x3c}));
          }
        });
    String said = inspect();
    assertTrue(said.contains("FLOAT16 is not read: write logits as float or double"), said);
    assertTrue(said.contains("the column logit_b is neither read as a logit nor kept"), said);
    assertTrue(said.contains("FLOAT16. Write it as float or double"), said);
    assertFalse(said.contains("such as text") || said.contains("Name the logits"), said);
    assertRefused(3, score("multiclass"), "FLOAT16", "Write it as float or double.");
  }

  private static Type half(String name) {
    return Types.required(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
        .length(2)
        .as(LogicalTypeAnnotation.float16Type())
        .named(name);
  }
}
