package dev.sigmax.job.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sigmax.input.snapshot.InputFile;
import dev.sigmax.job.spec.JobKey;
import dev.sigmax.output.Manifest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which run this is: the same inputs, job and version make the same run.
 *
 * @param fingerprint SHA-256 in hexadecimal
 * @param runId as given, or the fingerprint's first 16 digits
 */
public record RunIdentity(String fingerprint, String runId) {
  private static final int DERIVED_LENGTH = 16;

  /** The files say what was read, and however the output is written, it is this one. */
  static final Set<String> NOT_OF_THE_RUN =
      Set.of(
          JobKey.INPUT.key(),
          JobKey.INPUT_TABLE.key(),
          JobKey.AS_OF.key(),
          JobKey.OUTPUT.key(),
          JobKey.OUTPUT_TABLE.key());

  public static RunIdentity of(ScoringPlan plan, String version) {
    List<List<Object>> files = new ArrayList<>();
    for (InputFile file : plan.table().snapshot().files()) {
      files.add(List.of(file.redactedPath(), file.bytes(), file.modified()));
    }
    String fingerprint =
        fingerprint(version, EffectiveJob.of(plan), files, TableRead.columns(plan.table()));
    return new RunIdentity(
        fingerprint, plan.spec().runId().orElse(fingerprint.substring(0, DERIVED_LENGTH)));
  }

  /** The fingerprint of what a manifest tells of its inputs, job and version. */
  public static String fingerprintOf(Manifest manifest) {
    List<List<Object>> files = new ArrayList<>();
    for (Manifest.InputEntry file : manifest.input().files()) {
      files.add(List.of(file.path(), file.bytes(), file.modified()));
    }
    return fingerprint(
        manifest.versions() == null ? null : manifest.versions().sigmax(),
        manifest.job(),
        files,
        Optional.ofNullable(manifest.input().table()).map(Manifest.InputTable::columns));
  }

  private static String fingerprint(
      String version,
      Map<String, Object> effective,
      List<List<Object>> files,
      Optional<List<Manifest.InputColumn>> columns) {
    Map<String, Object> job = new TreeMap<>(effective);
    job.keySet().removeAll(NOT_OF_THE_RUN);
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("version", version);
    run.put("job", job);
    run.put("files", files);
    // The same files are other rows where a table means other columns of them by the same names.
    columns.ifPresent(
        found ->
            run.put(
                "columns",
                found.stream().map(each -> List.of(each.name(), each.type(), each.id())).toList()));
    return sha256(run);
  }

  /**
   * Whether {@code manifest} is of this run.
   *
   * @param wanted the run id that the job asks for, if it asks for one
   */
  public boolean isOf(Manifest manifest, Optional<String> wanted) {
    return fingerprint.equals(manifest.fingerprint())
        && wanted.map(id -> id.equals(manifest.runId())).orElse(true);
  }

  private static String sha256(Map<String, Object> run) {
    try {
      byte[] json = new ObjectMapper().writeValueAsString(run).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json));
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
