package dev.sigmax.cli;

import dev.sigmax.error.Causes;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.ExternalException;
import java.util.List;
import java.util.Optional;

/**
 * Tells people why a library of native code, such as that of a codec, cannot be used: it is
 * unpacked from its jar into a file, and loaded from there.
 */
final class NativeLibraries {
  private static final List<String> PACKAGES =
      List.of("org.xerial.snappy.", "com.github.luben.zstd.", "net.jpountz.");

  private NativeLibraries() {}

  /** The exception for a failure that comes of such a library. */
  static Optional<ExternalException> explain(Throwable failure) {
    return Causes.chain(failure)
        .filter(NativeLibraries::isOfNativeCode)
        .findFirst()
        .map(
            cause ->
                new ExternalException(
                    ErrorName.NATIVE_LIBRARY,
                    "a library of native code cannot be used ("
                        + String.valueOf(cause).lines().findFirst().orElse("")
                        + "). It is unpacked into the folder for temporary files, "
                        + System.getProperty("java.io.tmpdir")
                        + ", which must have some MiB free, let this user write, and not be mounted"
                        + " noexec. Mend that, or name another folder with --driver-java-options"
                        + " -Djava.io.tmpdir=FOLDER.",
                    failure));
  }

  /** A class that failed to start once is told by its name from then on. */
  private static boolean isOfNativeCode(Throwable cause) {
    return cause instanceof UnsatisfiedLinkError
        || (cause instanceof Error
            && PACKAGES.stream().anyMatch(name -> cause.toString().contains(name)));
  }
}
