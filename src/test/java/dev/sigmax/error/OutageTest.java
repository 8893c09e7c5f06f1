package dev.sigmax.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Optional;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.ipc.RetriableException;
import org.apache.hadoop.net.ConnectTimeoutException;
import org.junit.jupiter.api.Test;

/** What counts as an outage: types alone, whatever a message says. */
class OutageTest {
  @Test
  void whatMayAnswerLaterIsAnOutageHoweverDeep() {
    for (Exception outage :
        new Exception[] {
          new ConnectException("Connection refused"),
          new UnknownHostException("nowhere"),
          new ConnectTimeoutException("timed out"),
          new RetriableException("later"),
          new RemoteException("org.apache.hadoop.ipc.StandbyException", "not active")
        }) {
      assertEquals(Optional.of(outage), Outage.in(outage));
      assertTrue(
          Outage.in(new IllegalStateException(new IOException("outer", outage))).isPresent());
    }
  }

  @Test
  void aMessageThatSpeaksOfOneIsNone() {
    for (Exception other :
        new Exception[] {
          new IOException("/data/java.net.ConnectException/a.parquet is damaged"),
          new RemoteException("java.io.FileNotFoundException", "SafeModeException"),
          new IllegalStateException("Connection refused")
        }) {
      assertEquals(Optional.empty(), Outage.in(other));
    }
  }

  @Test
  void theRefusalSaysWhatAndWhy() {
    ExternalException refusal =
        Outage.explain("cannot list s3a://b/x", new UnknownHostException("b.s3")).orElseThrow();
    assertTrue(refusal.getMessage().startsWith("cannot list s3a://b/x: there is no host b.s3. "));
  }
}
