package dev.sigmax.job.progress;

/** Hears what a run is busy with, while it is. Called from more than one thread. */
public interface Progress {
  /** Hears nothing. */
  Progress NONE =
      new Progress() {
        @Override
        public void phase(String what) {}

        @Override
        public void rows(RowsDone done) {}
      };

  /** A phase begins, such as "reading 12 footers". */
  void phase(String what);

  /**
   * The run writes from now on, into a place that tells itself what becomes of it when the process
   * is ended.
   */
  default void writing() {}

  /** That place is closed, with nothing published, and the run goes on: it tells nothing more. */
  default void placeClosed() {}

  /** So many of the phase's rows are done; says so as tasks end. */
  void rows(RowsDone done);
}
