package io.github.posteriori.data;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Downloads one file.
 *
 * @param byHand the remedy if it fails, a sentence
 */
record Download(
    PublishedFile file,
    HttpClient client,
    Timeouts timeouts,
    DownloadListener listener,
    String byHand) {
  private static final int OK = 200;
  private static final int PARTIAL_CONTENT = 206;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  void into(Path target) {
    try (PartFile part = PartFile.beside(target)) {
      if (part.size() > file.bytes()) {
        part.restart();
      }
      for (int attempt = 1; part.size() < file.bytes(); attempt++) {
        try {
          fetchRest(part);
        } catch (IOException e) {
          if (attempt == timeouts.attempts() || attempt == 1 && isWithoutNetwork(e)) {
            throw failed(
                described(e), "Check the network and run this again; what is there is kept.", e);
          }
          timeouts.beforeAttempt(attempt + 1);
        }
      }
      String sum = part.sha256();
      if (!sum.equals(file.sha256())) {
        part.restart();
        throw wrong("the SHA-256 " + sum, file.sha256());
      }
      part.complete();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("an interruption", "Run this again; what is there is kept.", e);
    }
  }

  /**
   * Requests the missing bytes and appends them.
   *
   * @throws IOException if another attempt may succeed
   */
  private void fetchRest(PartFile part) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(file.source()).timeout(timeouts.silence());
    if (part.size() > 0) {
      request.header("Range", "bytes=" + part.size() + "-");
    }
    HttpResponse<InputStream> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    try (TimedInput body = new TimedInput(response.body(), timeouts.silence())) {
      switch (response.statusCode()) {
        case OK -> {
          // The server does not support ranges, or the file has changed.
          part.restart();
          append(body, length(response), part);
        }
        case PARTIAL_CONTENT -> {
          if (!range(response).startsWith("bytes " + part.size() + "-")) {
            part.restart();
            throw new IOException("another range than asked for: " + range(response));
          }
          append(body, length(response), part);
        }
        case RANGE_NOT_SATISFIABLE -> {
          part.restart();
          throw status(response);
        }
        case REQUEST_TIMEOUT, TOO_MANY_REQUESTS -> throw status(response);
        default -> {
          if (response.statusCode() >= SERVER_ERROR) {
            throw status(response);
          }
          throw failed(status(response).getMessage(), "The file may have moved.", null);
        }
      }
    }
  }

  private void append(TimedInput body, OptionalLong length, PartFile part)
      throws IOException, InterruptedException {
    long end = part.size() + length.orElse(file.bytes() - part.size());
    if (end != file.bytes()) {
      // For example the login page of a network.
      part.restart();
      throw wrong("a file of " + end + " bytes", Long.toString(file.bytes()));
    }
    listener.arrived(file, part.size());
    byte[] buffer = new byte[1 << 16];
    for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
      if (part.size() + count > file.bytes()) {
        part.restart();
        throw wrong("more bytes", Long.toString(file.bytes()));
      }
      part.append(buffer, count);
      listener.arrived(file, part.size());
    }
    if (part.size() < file.bytes()) {
      throw new IOException("the end after " + part.size() + " bytes");
    }
  }

  private static OptionalLong length(HttpResponse<?> response) {
    return response.headers().firstValueAsLong("Content-Length");
  }

  private static String range(HttpResponse<?> response) {
    return response.headers().firstValue("Content-Range").orElse("none");
  }

  private static IOException status(HttpResponse<?> response) {
    return new IOException("the answer HTTP " + response.statusCode());
  }

  /** Returns whether there is no network; waiting then helps only if there was one a moment ago. */
  private static boolean isWithoutNetwork(IOException e) {
    return e instanceof ConnectException || e instanceof HttpConnectTimeoutException;
  }

  private String described(IOException e) {
    if (isWithoutNetwork(e)) {
      return "no connection to " + file.source().getHost();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private DataException failed(String found, String remedy, Exception cause) {
    return DataException.of(
        file.source(), found, file.bytes() + " bytes", remedy + " " + byHand, cause);
  }

  private DataException wrong(String found, String expected) {
    return DataException.of(
        file.source(),
        found,
        expected,
        "Nothing of it was kept; run this again, and look where it comes from if that does not"
            + " help. "
            + byHand,
        null);
  }
}
