package dev.sigmax.table.delta;

import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.defaults.engine.fileio.PositionOutputStream;
import io.delta.kernel.defaults.engine.hadoopio.HadoopFileIO;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Files as the Kernel has them, but for new ones on a local disk, which {@link LogStores} names.
 */
final class LogFiles extends HadoopFileIO {
  private final Configuration configuration;

  LogFiles(Configuration configuration) {
    super(configuration);
    this.configuration = configuration;
  }

  @Override
  public OutputFile newOutputFile(String path) {
    OutputFile file = super.newOutputFile(path);
    return LogStores.isLocal(new Path(path), configuration) ? new LocalFile(file) : file;
  }

  private final class LocalFile implements OutputFile {
    private final OutputFile file;

    LocalFile(OutputFile file) {
      this.file = file;
    }

    @Override
    public String path() {
      return file.path();
    }

    @Override
    public PositionOutputStream create(boolean putIfAbsent) throws IOException {
      return file.create(putIfAbsent);
    }

    @Override
    public void writeAtomically(CloseableIterator<String> lines, boolean overwrite)
        throws IOException {
      try (lines) {
        new ExclusiveLogStore(configuration)
            .write(new Path(path()), lines, overwrite, configuration);
      }
    }
  }
}
