package io.github.posteriori.cli.serve;

import java.time.Duration;
import java.util.List;

/**
 * The settings of a server.
 *
 * @param host name or address to listen on
 * @param port to listen on; 0 picks a free one
 * @param names of hosts that requests may be meant for, beside {@code host}, {@code localhost} and
 *     addresses
 * @param samples posterior samples of each picture
 * @param batch most pictures that the network sees together
 * @param queue most pictures that wait
 * @param mostBytes of a request's body
 * @param timeout of a request, from its first byte to its answer
 */
public record ServeSettings(
    String host,
    int port,
    List<String> names,
    int samples,
    int batch,
    int queue,
    int mostBytes,
    Duration timeout) {

  public ServeSettings {
    names = List.copyOf(names);
    require("port", port, 0, 65_535);
    require("samples", samples, 1, 100_000);
    require("batch", batch, 1, 4096);
    require("queue", queue, 1, 1_000_000);
    require("max-bytes", mostBytes, 1, 1 << 29);
    require("timeout", timeout.toSeconds(), 1, 3600);
  }

  private static void require(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " is " + value + ", expected " + least + " to " + most);
    }
  }
}
