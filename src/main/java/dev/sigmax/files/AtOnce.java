package dev.sigmax.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Asks a file system many things at once: on a store nearly all of the time goes into waiting. */
public final class AtOnce {
  /** Few enough for one connection each, on any store. */
  private static final int MOST = 16;

  /** What is asked; never null, nor its answer. */
  @FunctionalInterface
  public interface Question<A, B> {
    B about(A subject) throws IOException;
  }

  private AtOnce() {}

  /**
   * The answers, in the order of their subjects.
   *
   * @throws IOException or what else a question ended with: after one failure nothing more is
   *     asked. An {@link InterruptedIOException} where the asking thread is interrupted.
   */
  public static <A, B> List<B> ask(List<A> subjects, Question<A, B> question) throws IOException {
    List<B> answers = new ArrayList<>(subjects.size());
    if (subjects.size() <= 1) {
      for (A subject : subjects) {
        answers.add(question.about(subject));
      }
      return answers;
    }
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(MOST, subjects.size()));
    AtomicBoolean failed = new AtomicBoolean();
    try {
      List<Future<B>> asked = new ArrayList<>(subjects.size());
      for (A subject : subjects) {
        asked.add(threads.submit(() -> failed.get() ? null : answer(question, subject, failed)));
      }
      for (Future<B> answer : asked) {
        answers.add(answer.get());
      }
      return answers;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a file system was asked");
    } catch (ExecutionException e) {
      throw thrown(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private static <A, B> B answer(Question<A, B> question, A subject, AtomicBoolean failed)
      throws IOException {
    boolean answered = false;
    try {
      B answer = question.about(subject);
      answered = true;
      return answer;
    } finally {
      if (!answered) {
        failed.set(true);
      }
    }
  }

  /** A question throws nothing else. */
  private static IOException thrown(Throwable failure) {
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    return (IOException) failure;
  }
}
