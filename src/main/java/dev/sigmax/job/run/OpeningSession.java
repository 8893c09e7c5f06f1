package dev.sigmax.job.run;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/**
 * A session that may still be opening. Spark takes a second and more to start, and a run lists its
 * input, reads footers and makes its plan without it. Thread-safe.
 */
public final class OpeningSession implements Supplier<SparkSession> {
  private final CompletableFuture<SparkSession> opening = new CompletableFuture<>();

  /** What opens the session when it is asked for; empty once it is being opened. */
  private final AtomicReference<Supplier<SparkSession>> waiting = new AtomicReference<>();

  private OpeningSession() {}

  /**
   * Begins to open a session, on a thread of its own.
   *
   * @param open opens it; what it throws is thrown to whoever asks for the session
   */
  public static OpeningSession begin(Supplier<SparkSession> open) {
    OpeningSession session = new OpeningSession();
    Thread thread = new Thread(() -> session.open(open), "sigmax-opens-spark");
    thread.setDaemon(true);
    thread.start();
    return session;
  }

  /**
   * Opens a session when it is asked for, by whom asks first: of a run that may end before.
   *
   * @param open as for {@link #begin}
   */
  public static OpeningSession whenAsked(Supplier<SparkSession> open) {
    OpeningSession session = new OpeningSession();
    session.waiting.set(open);
    return session;
  }

  private void open(Supplier<SparkSession> open) {
    try {
      opening.complete(open.get());
    } catch (Throwable failure) {
      opening.completeExceptionally(failure);
    }
  }

  /** The session, once it is open. */
  @Override
  public SparkSession get() {
    Supplier<SparkSession> open = waiting.getAndSet(null);
    if (open != null) {
      open(open);
    }
    try {
      return opening.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while Spark was starting", e);
    }
  }

  /** Whether the session is there: not while it opens, and not where it could not. Never waits. */
  public boolean isOpen() {
    return opening.isDone() && !opening.isCompletedExceptionally();
  }
}
