package dev.sigmax.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the processes that this one started and waited for have used, as Linux counts it. */
final class ChildProcesses {
  private static final Path OWN = Path.of("/proc/self/stat");

  /** Where the times stand behind the name, which may hold anything and ends with a bracket. */
  private static final List<Integer> TIMES = List.of(13, 14);

  private static final double TICKS_IN_A_SECOND = 100;

  private ChildProcesses() {}

  /** Seconds of all processors, in user code and in the kernel; NaN where Linux does not tell. */
  static double cpuSeconds() throws IOException {
    if (!Files.exists(OWN)) {
      return Double.NaN;
    }
    String stat = Files.readString(OWN);
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return TIMES.stream().mapToLong(field -> Long.parseLong(fields[field])).sum()
        / TICKS_IN_A_SECOND;
  }
}
