package dev.sigmax.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands before an S3 server that knows neither conditional writes nor the SDK's unsigned chunks.
 * It decides the former as S3 does: a PUT with {@code If-None-Match: *} of a key that is there is
 * answered with 412. All else goes through.
 */
final class ConditionalFront implements AutoCloseable {
  private static final int PRECONDITION_FAILED = 412;
  private static final int OK = 200;
  private static final Set<String> OWN_TO_A_HOP =
      Set.of("host", "content-length", "connection", "expect", "transfer-encoding", "date");
  private static final String DECODED_LENGTH = "x-amz-decoded-content-length";
  private static final Set<String> DONE_HERE =
      Set.of(
          "if-none-match",
          DECODED_LENGTH,
          "x-amz-trailer",
          "x-amz-content-sha256",
          "x-amz-sdk-checksum-algorithm",
          "content-encoding");
  private static final byte[] REFUSED =
      "<Error><Code>PreconditionFailed</Code><Message>it is there</Message></Error>"
          .getBytes(StandardCharsets.UTF_8);

  private final URI behind;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Set<String> conditional = new ConcurrentSkipListSet<>();
  private final Queue<Before> deeds = new ConcurrentLinkedQueue<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

  ConditionalFront(URI behind) throws IOException {
    this.behind = behind;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The keys that were written under the condition. */
  Set<String> conditionalKeys() {
    return new TreeSet<>(conditional);
  }

  /**
   * Does something once before a request goes on: of this method, with an address that ends so.
   * What fails there is told by {@link #requireDone}.
   */
  void before(String method, String end, Callable<?> deed) {
    deeds.add(new Before(method, end, deed));
  }

  /** Fails where something that was to be done before a request was not, or failed. */
  void requireDone() {
    if (!deeds.isEmpty() || !failures.isEmpty()) {
      AssertionError failed = new AssertionError("not done: " + deeds);
      failures.forEach(failed::addSuppressed);
      throw failed;
    }
  }

  private record Before(String method, String end, Callable<?> deed) {}

  private void doFirst(HttpExchange exchange) {
    String address = exchange.getRequestURI().toString();
    for (Before before : List.copyOf(deeds)) {
      if (before.method().equals(exchange.getRequestMethod())
          && address.endsWith(before.end())
          && deeds.remove(before)) {
        try {
          before.deed().call();
        } catch (Exception | AssertionError e) {
          failures.add(e);
        }
      }
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      doFirst(exchange);
      if (exchange.getRequestHeaders().containsKey(DECODED_LENGTH)) {
        body = unchunked(body);
      }
      List<String> condition = exchange.getRequestHeaders().get("If-None-Match");
      if (exchange.getRequestMethod().equals("PUT") && List.of("*").equals(condition)) {
        synchronized (this) {
          conditional.add(exchange.getRequestURI().getPath());
          boolean there = send(exchange, "HEAD", new byte[0]).statusCode() == OK;
          if (there) {
            exchange.sendResponseHeaders(PRECONDITION_FAILED, REFUSED.length);
            exchange.getResponseBody().write(REFUSED);
          } else {
            pass(exchange, send(exchange, "PUT", body));
          }
        }
        return;
      }
      pass(exchange, send(exchange, exchange.getRequestMethod(), body));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The SDK sends chunks with checksums behind them: {@code length CRLF bytes CRLF … 0 CRLF}. */
  private static byte[] unchunked(byte[] body) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (int at = 0; ; ) {
      int end = at;
      while (body[end] != '\r') {
        end++;
      }
      String head = new String(body, at, end - at, StandardCharsets.US_ASCII);
      int length = Integer.parseInt(head.split(";", -1)[0], 16);
      if (length == 0) {
        return whole.toByteArray();
      }
      whole.write(body, end + 2, length);
      at = end + 2 + length + 2;
    }
  }

  private HttpResponse<byte[]> send(HttpExchange exchange, String method, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(behind.resolve(exchange.getRequestURI().toString()))
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              String lower = name.toLowerCase(java.util.Locale.ROOT);
              if (!OWN_TO_A_HOP.contains(lower) && !DONE_HERE.contains(lower)) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static void pass(HttpExchange exchange, HttpResponse<byte[]> response)
      throws IOException {
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!OWN_TO_A_HOP.contains(name)) {
                values.forEach(value -> exchange.getResponseHeaders().add(name, value));
              }
            });
    byte[] body = response.body();
    if (exchange.getRequestMethod().equals("HEAD")) {
      // The length of what is not sent.
      response
          .headers()
          .firstValue("content-length")
          .ifPresent(length -> exchange.getResponseHeaders().set("Content-Length", length));
      exchange.sendResponseHeaders(response.statusCode(), -1);
      return;
    }
    exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }
}
