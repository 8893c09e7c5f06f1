package dev.sigmax.testing;

import dev.sigmax.output.Manifest;
import java.util.List;
import java.util.Map;

/** Manifests that no run wrote. */
public final class Manifests {
  private Manifests() {}

  /** One of a run that read nothing and wrote nothing. */
  public static Manifest ofNoRows(String runId) {
    return new Manifest(
        runId,
        runId,
        "2026-11-25T00:00:00Z",
        new Manifest.Versions("0", "4", "17", "2.13", "3.4", "1.16"),
        new Manifest.KernelUsed("scalar", 1, "test"),
        null,
        Map.of(),
        new Manifest.Input(0, List.of(), List.of(), null),
        new Manifest.Output(0, List.of()),
        new Manifest.Output(0, List.of()),
        new Manifest.Checks(0, 0, Map.of(), new Manifest.RowSum(null, null, null, 0, true, 0)),
        List.of(),
        null,
        null,
        null,
        List.of(),
        Map.of());
  }
}
