package dev.sigmax.error;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells an outage from a mistake: a store, a name node or a master that does not answer, and may
 * answer when one tries again.
 */
public final class Outage {
  private static final List<Class<? extends Exception>> NETWORK =
      List.of(
          ConnectException.class,
          NoRouteToHostException.class,
          PortUnreachableException.class,
          SocketException.class,
          SocketTimeoutException.class,
          UnknownHostException.class);

  /** By name: what throws them need not be here. */
  private static final Set<String> OF_STORES =
      Set.of(
          "org.apache.hadoop.ipc.RetriableException",
          "org.apache.hadoop.ipc.StandbyException",
          "org.apache.hadoop.ipc.ObserverRetryOnActiveException",
          "org.apache.hadoop.hdfs.server.namenode.SafeModeException",
          "org.apache.hadoop.fs.s3a.AWSApiCallTimeoutException",
          "org.apache.hadoop.fs.s3a.AWSServiceThrottledException",
          "org.apache.hadoop.fs.s3a.AWSStatus500Exception",
          "software.amazon.awssdk.core.exception.ApiCallTimeoutException",
          "software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException");

  /** Hadoop tells what a server threw as text: {@code RemoteException(class): message}. */
  private static final String REMOTE = "org.apache.hadoop.ipc.RemoteException";

  private Outage() {}

  /** What of a failure and its causes speaks of an outage. */
  public static Optional<Throwable> in(Throwable failure) {
    return Causes.chain(failure).filter(Outage::isOne).findFirst();
  }

  /**
   * The exception for work that an outage stopped.
   *
   * @param what could not be done, such as "cannot list the input s3a://bucket/logits"
   */
  public static Optional<ExternalException> explain(String what, Throwable failure) {
    return in(failure)
        .map(
            outage ->
                new ExternalException(
                    ErrorName.OUTAGE,
                    what
                        + ": "
                        + firstLine(outage)
                        + ". What it stands on does not answer; try again when it does.",
                    failure));
  }

  private static boolean isOne(Throwable thrown) {
    if (NETWORK.stream().anyMatch(type -> type.isInstance(thrown))) {
      return true;
    }
    if (thrown.getClass().getName().equals(REMOTE)) {
      String text = thrown.toString();
      return OF_STORES.stream().anyMatch(name -> text.startsWith(REMOTE + "(" + name + ")"));
    }
    for (Class<?> type = thrown.getClass(); type != null; type = type.getSuperclass()) {
      if (OF_STORES.contains(type.getName())) {
        return true;
      }
    }
    return false;
  }

  private static String firstLine(Throwable thrown) {
    String text =
        thrown instanceof UnknownHostException
            ? "there is no host " + thrown.getMessage()
            : String.valueOf(thrown.getMessage());
    return text.lines().findFirst().orElse(text).replaceFirst("[.]$", "");
  }
}
