package dev.sigmax.testing;

import java.io.IOException;
import java.lang.reflect.Constructor;
import org.apache.hadoop.fs.FSError;

/** What Hadoop's local files throw where a disk is full: an error, and no exception. */
public final class FullDisk {
  private FullDisk() {}

  /** Hadoop alone can make one. */
  public static FSError error(String file) {
    try {
      Constructor<FSError> constructor = FSError.class.getDeclaredConstructor(Throwable.class);
      constructor.setAccessible(true);
      return constructor.newInstance(new IOException(file + ": No space left on device"));
    } catch (ReflectiveOperationException changed) {
      throw new IllegalStateException(changed);
    }
  }
}
