package dev.sigmax.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands for which no disk has hard links: the kernel answers each try with EPERM, as it does for
 * FAT and some network disks. Where it cannot be asked to, tests skip.
 */
public final class NoHardLinks {
  /** Gives the process a filter of system calls, and becomes the command. */
  private static final String WITHOUT =
      """
      import ctypes, os, platform, struct, sys
      load, equals, answer = 0x20, 0x15, 0x06
      calls = {'x86_64': [86, 265], 'aarch64': [37]}[platform.machine()]
      steps = [(load, 0, 0, 0)]
      for call in calls:
          steps += [(equals, 0, 1, call), (answer, 0, 0, 0x00050000 | 1)]
      steps.append((answer, 0, 0, 0x7fff0000))
      code = ctypes.create_string_buffer(b''.join(struct.pack('HBBI', *step) for step in steps))
      program = struct.pack('HxxxxxxP', len(steps), ctypes.addressof(code))
      libc = ctypes.CDLL(None)
      assert libc.prctl(38, 1, 0, 0, 0) == 0 and libc.prctl(22, 2, program, 0, 0) == 0
      os.execvp(sys.argv[1], sys.argv[1:])
      """;

  private NoHardLinks() {}

  /** The command, which will find none. */
  public static String[] under(List<String> command) {
    List<String> all = new ArrayList<>(List.of("python3", "-c", WITHOUT));
    all.addAll(command);
    return all.toArray(new String[0]);
  }

  /** Skips a test where they cannot be taken away. */
  public static void assumeTaken(Path folder) {
    Path file = folder.resolve("linked");
    Path link = folder.resolve("link");
    Shell.Result made = Shell.run("touch", file.toString());
    Shell.Result linked = Shell.run(under(List.of("ln", file.toString(), link.toString())));
    assumeTrue(
        made.code() == 0 && linked.code() != 0 && linked.err().contains("not permitted"),
        "hard links cannot be taken away here: " + linked.err());
    assumeTrue(!Files.exists(link));
  }
}
