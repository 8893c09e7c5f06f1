package dev.sigmax.cli.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnnamedUserTest {
  @Test
  void aUserWithANameKeepsIt() {
    assertEquals(
        Optional.empty(),
        UnnamedUser.nameOf("ada", () -> "1000", Map.of("HADOOP_USER_NAME", "bob")));
  }

  @Test
  void oneWithoutIsCalledAsTheEnvironmentSaysOrByItsNumber() {
    assertEquals(Optional.of("12345"), UnnamedUser.nameOf(null, () -> "12345", Map.of()));
    assertEquals(
        Optional.of("12345"),
        UnnamedUser.nameOf(null, () -> "12345", Map.of("HADOOP_USER_NAME", " ")));
    assertEquals(
        Optional.of("bob"), UnnamedUser.nameOf(null, () -> "12345", Map.of("SPARK_USER", "bob")));
    assertEquals(
        Optional.of("ada"),
        UnnamedUser.nameOf(
            null, () -> "12345", Map.of("SPARK_USER", "bob", "HADOOP_USER_NAME", "ada")));
  }
}
