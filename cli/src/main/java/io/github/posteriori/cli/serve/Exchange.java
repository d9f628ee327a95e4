package io.github.posteriori.cli.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** A request and its one answer, which whoever comes first gives. */
final class Exchange implements AutoCloseable {
  private static final Map<String, String> OF_EVERY_ANSWER =
      Map.of(
          "Cache-Control", "no-store",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Referrer-Policy", "no-referrer",
          "X-Content-Type-Options", "nosniff");

  private final HttpExchange http;
  private final long begun = System.nanoTime();
  private final AtomicBoolean answered = new AtomicBoolean();
  private volatile int status;
  private boolean bodyIsRead;

  Exchange(HttpExchange http) {
    this.http = http;
    finish(http);
  }

  /** Reads to the end of a body that is none, so that the connection can be used again. */
  private static void finish(HttpExchange http) {
    Headers headers = http.getRequestHeaders();
    if (!headers.containsKey("Content-Length") && !headers.containsKey("Transfer-Encoding")) {
      try {
        http.getRequestBody().readAllBytes();
      } catch (IOException e) {
        // Nothing is read, so nothing fails.
      }
    }
  }

  HttpExchange http() {
    return http;
  }

  String method() {
    return http.getRequestMethod();
  }

  /** Returns the path, empty where the request names none. */
  String path() {
    String path = http.getRequestURI().getPath();
    return path == null ? "" : path;
  }

  /** Returns a header, or null. */
  String header(String name) {
    return http.getRequestHeaders().getFirst(name);
  }

  /** Notes that nothing of the body is left to read. */
  void bodyIsRead() {
    bodyIsRead = true;
  }

  boolean hasBodyToRead() {
    return !bodyIsRead && (header("Content-Length") != null || header("Transfer-Encoding") != null);
  }

  long nanoseconds() {
    return System.nanoTime() - begun;
  }

  /** The status of the answer, 0 without one. */
  int status() {
    return status;
  }

  /** Answers, unless an answer has been given. */
  void answer(Reply reply) throws IOException {
    if (!answered.compareAndSet(false, true)) {
      return;
    }
    status = reply.status();
    Headers headers = http.getResponseHeaders();
    OF_EVERY_ANSWER.forEach(headers::set);
    reply.headers().forEach(headers::set);
    boolean bodiless = method().equals("HEAD") || reply.body().length == 0;
    http.sendResponseHeaders(reply.status(), bodiless ? -1 : reply.body().length);
    if (!bodiless) {
      http.getResponseBody().write(reply.body());
    }
    http.close();
  }

  @Override
  public void close() {
    http.close();
  }
}
