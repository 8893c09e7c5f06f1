package dev.sigmax.bench;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Lets every engine begin alike. A virtual machine gives memory that lies free back to its host,
 * and pays for each page of it that it takes again (here: 6 µs for 4 KiB, a second for 700 MB); so
 * whoever writes first after a pause would pay for all.
 */
final class FreeMemory {
  private FreeMemory() {}

  /** Copies a file so often, and removes the copies: their pages are the next to be given out. */
  static void make(Path folder, Path file, int copies) throws IOException, InterruptedException {
    for (int i = 0; i < copies; i++) {
      Process copy =
          new ProcessBuilder("cp", file.toString(), folder.resolve("freed-" + i).toString())
              .start();
      if (copy.waitFor() != 0) {
        throw new IOException("cp of " + file + " failed");
      }
    }
    for (int i = 0; i < copies; i++) {
      Tables.remove(folder.resolve("freed-" + i));
    }
  }
}
