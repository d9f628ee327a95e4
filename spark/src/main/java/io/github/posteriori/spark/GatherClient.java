package io.github.posteriori.spark;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;

/** A task's connection to a {@link GatherServer}. */
final class GatherClient implements AutoCloseable {
  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  GatherClient(Socket socket, long secret, int task) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
    out.writeLong(secret);
    out.writeInt(task);
    out.flush(); // known to the server, so that it notices when this task is gone
  }

  /** Returns the rows of all tasks in their order, given those of this one. */
  double[][] gather(double[][] own) {
    try {
      Rows.write(own, out);
      return Rows.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException("another task of the step has failed, or the driver", e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException("a task cannot close its connection to the driver", e);
    }
  }
}
