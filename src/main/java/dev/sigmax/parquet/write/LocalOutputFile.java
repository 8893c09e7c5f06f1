package dev.sigmax.parquet.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * A new file of this machine's file system. Hadoop's own way to it sums up 512 bytes at a time for
 * a second file, which pages with checksums of their own do not need, and starts a process to set
 * permissions that the file has anyway.
 */
record LocalOutputFile(Path path) implements OutputFile {
  /**
   * Larger writes take up to five times as long on a virtual machine that gives free memory back to
   * its host: measured, see docs/performance.md. Linux takes memory for its page cache in pieces as
   * large as a write, and probably it is the large ones that were given back.
   */
  private static final int BUFFER = 1 << 15;

  @Override
  public PositionOutputStream create(long blockSizeHint) throws IOException {
    return open(StandardOpenOption.CREATE_NEW);
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
    return open(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
  }

  private PositionOutputStream open(OpenOption... how) throws IOException {
    Files.createDirectories(path.getParent());
    OpenOption[] options = Arrays.copyOf(how, how.length + 1);
    options[how.length] = StandardOpenOption.WRITE;
    return new Stream(FileChannel.open(path, options));
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }

  @Override
  public String getPath() {
    return path.toString();
  }

  private static final class Stream extends PositionOutputStream {
    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private long position;

    Stream(FileChannel file) {
      this.file = file;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(int value) throws IOException {
      if (!buffer.hasRemaining()) {
        drain();
      }
      buffer.put((byte) value);
      position++;
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      for (int done = 0; done < count; ) {
        if (!buffer.hasRemaining()) {
          drain();
        }
        int part = Math.min(count - done, buffer.remaining());
        buffer.put(bytes, from + done, part);
        done += part;
      }
      position += count;
    }

    @Override
    public void flush() throws IOException {
      drain();
    }

    private void drain() throws IOException {
      buffer.flip();
      while (buffer.hasRemaining()) {
        file.write(buffer);
      }
      buffer.clear();
    }

    @Override
    public void close() throws IOException {
      try (file) {
        if (file.isOpen()) {
          drain();
        }
      }
    }
  }
}
