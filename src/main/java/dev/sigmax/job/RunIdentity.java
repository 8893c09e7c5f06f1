package dev.sigmax.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sigmax.input.InputFile;
import dev.sigmax.output.Manifest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which run this is: the same inputs, job and version make the same run.
 *
 * @param fingerprint SHA-256 in hexadecimal
 * @param runId as given, or the fingerprint's first 16 digits
 */
record RunIdentity(String fingerprint, String runId) {
  private static final int DERIVED_LENGTH = 16;

  static RunIdentity of(ScoringPlan plan, String version) {
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("version", version);
    Map<String, Object> job = new TreeMap<>(EffectiveJob.of(plan));
    // The files say what was read, and however the output is written, it is this one.
    job.remove(JobKey.INPUT.key());
    job.remove(JobKey.OUTPUT.key());
    run.put("job", job);
    List<List<Object>> files = new ArrayList<>();
    for (InputFile file : plan.table().snapshot().files()) {
      files.add(List.of(file.path(), file.bytes(), file.modified()));
    }
    run.put("files", files);
    String fingerprint = sha256(run);
    String given = plan.spec().runId();
    return new RunIdentity(
        fingerprint, given == null ? fingerprint.substring(0, DERIVED_LENGTH) : given);
  }

  /**
   * Whether {@code manifest} is of this run.
   *
   * @param wanted the run id that the job asks for, or null if it asks for none
   */
  boolean isOf(Manifest manifest, String wanted) {
    return fingerprint.equals(manifest.fingerprint())
        && (wanted == null || wanted.equals(manifest.runId()));
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
