package io.github.posteriori.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.Socket;

/**
 * Where tasks find a {@link GatherServer}.
 *
 * @param secret without which it does not answer
 */
record GatherAddress(String host, int port, long secret) implements Serializable {

  /**
   * Connects a task.
   *
   * @param task its number in the stage
   */
  GatherClient connect(int task) {
    try {
      return new GatherClient(new Socket(host, port), secret, task);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "an executor cannot reach the driver at "
              + host
              + ":"
              + port
              + ", expected any of its ports to be open to executors, where a network has"
              + " @BatchNorm",
          e);
    }
  }
}
