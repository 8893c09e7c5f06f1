package dev.sigmax.parquet.write;

import dev.sigmax.files.LocalFiles;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * A new file of Hadoop's file system behind a buffer of some size: parquet-java's own takes 4,096
 * bytes, a call of the operating system each.
 */
public record BufferedOutputFile(Path path, Configuration configuration) implements OutputFile {
  /** A new file, written directly where it is this machine's. */
  public static OutputFile of(Path path, Configuration configuration) throws IOException {
    return LocalFiles.serves(path.getFileSystem(configuration))
        ? new LocalOutputFile(LocalFiles.path(path))
        : new BufferedOutputFile(path, configuration);
  }

  private static final int BUFFER = 1 << 18;
  private static final long BLOCK_BYTES = 128L << 20;

  @Override
  public PositionOutputStream create(long blockSizeHint) throws IOException {
    return open(false, blockSizeHint);
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
    return open(true, blockSizeHint);
  }

  private PositionOutputStream open(boolean overwrite, long blockSizeHint) throws IOException {
    FileSystem fileSystem = path.getFileSystem(configuration);
    return HadoopStreams.wrap(
        fileSystem.create(
            path,
            overwrite,
            BUFFER,
            fileSystem.getDefaultReplication(path),
            Math.max(fileSystem.getDefaultBlockSize(path), blockSizeHint)));
  }

  @Override
  public boolean supportsBlockSize() {
    return true;
  }

  @Override
  public long defaultBlockSize() {
    return BLOCK_BYTES;
  }

  @Override
  public String getPath() {
    return path.toString();
  }
}
