package io.github.posteriori.cli.serve;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Reads the bodies of requests, no longer than they may be, and no longer than they may take.
 *
 * @param mostBytes of a body
 * @param nanoseconds that a request may take
 * @param clock answers those that take longer
 */
record RequestBody(int mostBytes, long nanoseconds, ScheduledExecutorService clock) {
  /** So much more than allowed is read to the end, for only then do clients listen. */
  private static final int PATIENCE = 4;

  /**
   * Reads a body.
   *
   * @throws Refusal when it is too long, or its length is unknown and it is not chunked
   * @throws IOException when the client is gone, or was told that it is too slow
   */
  byte[] read(Exchange exchange) throws IOException {
    long length = length(exchange);
    if (length > (long) PATIENCE * mostBytes) {
      throw tooLong(length + " bytes");
    }
    Future<?> guard =
        clock.schedule(
            () -> tooSlow(exchange), nanoseconds - exchange.nanoseconds(), TimeUnit.NANOSECONDS);
    try {
      InputStream in = exchange.http().getRequestBody();
      byte[] bytes = in.readNBytes(mostBytes);
      long more = bytes.length < mostBytes ? 0 : discard(in);
      if (more > 0) {
        throw tooLong(length < 0 ? "more than " + mostBytes + " bytes" : length + " bytes");
      }
      exchange.bodyIsRead();
      return bytes;
    } finally {
      guard.cancel(false);
    }
  }

  /** Returns the length that a request states, or -1 where it is chunked. */
  private static long length(Exchange exchange) {
    String length = exchange.header("Content-Length");
    boolean chunked = exchange.header("Transfer-Encoding") != null;
    if (length == null && !chunked) {
      throw new Refusal(
          411,
          "the request has no Content-Length, expected one, or Transfer-Encoding: chunked: send"
              + " what it asks about as the body, as curl --data-binary @FILE does");
    }
    if (length != null && chunked) {
      throw new Refusal(
          400,
          "the request has both Content-Length and Transfer-Encoding, expected one of them: leave"
              + " the length out");
    }
    return chunked ? -1 : Long.parseLong(length.strip());
  }

  /** Reads what a refused request has sent, for only then does its client listen. */
  void discard(Exchange exchange) {
    try {
      if (exchange.hasBodyToRead()) {
        read(exchange);
      }
    } catch (IOException | RuntimeException e) {
      // The refusal stands.
    }
  }

  private long discard(InputStream in) throws IOException {
    byte[] rest = new byte[8192];
    long more = 0;
    while (more < (long) (PATIENCE - 1) * mostBytes) {
      int read = in.read(rest);
      if (read < 0) {
        return more;
      }
      more += read;
    }
    return more;
  }

  private Refusal tooLong(String found) {
    return new Refusal(
        413,
        "the body has "
            + found
            + ", expected at most "
            + mostBytes
            + ": send less, or start the server with a larger --max-bytes");
  }

  private void tooSlow(Exchange exchange) {
    try {
      exchange.answer(
          new Refusal(
                  408,
                  "the body was not there after "
                      + TimeUnit.NANOSECONDS.toSeconds(nanoseconds)
                      + " s, expected the whole of it: send it faster, or start the server with a"
                      + " larger --timeout")
              .reply());
    } catch (IOException e) {
      exchange.close();
    }
  }
}
