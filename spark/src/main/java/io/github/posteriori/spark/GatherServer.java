package io.github.posteriori.spark;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;

/**
 * Where the tasks of a stage exchange rows of numbers, on the driver. Spark's own {@code
 * BarrierTaskContext.allGather} takes a second or more, as tasks look once a second whether it is
 * complete.
 *
 * <p>A task that fails, or whose executor dies, closes its connection; then the server closes those
 * of the others, so that no task waits for one that is gone.
 */
final class GatherServer implements AutoCloseable {
  private final ServerSocket server;
  private final String host;
  private final long secret = new SecureRandom().nextLong();
  private final List<Socket> sockets = new ArrayList<>();
  private final double[][][] arrived;
  private int missing;
  private double[][] all;
  private int rounds;
  private boolean left;

  private GatherServer(ServerSocket server, String host, int tasks) {
    this.server = server;
    this.host = host;
    this.arrived = new double[tasks][][];
    this.missing = tasks;
  }

  /**
   * Starts a server on a free port of the driver.
   *
   * @param tasks of the stage
   */
  static GatherServer open(SparkConf conf, int tasks) {
    String host = conf.get("spark.driver.host", InetAddress.getLoopbackAddress().getHostName());
    try {
      InetAddress address = InetAddress.getByName(conf.get("spark.driver.bindAddress", host));
      GatherServer opened = new GatherServer(new ServerSocket(0, tasks, address), host, tasks);
      start(opened::accept);
      return opened;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the driver cannot listen at "
              + host
              + ", where executors exchange numbers, expected an address of its own: set"
              + " spark.driver.host, or spark.driver.bindAddress",
          e);
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "posteriori-gather");
    thread.setDaemon(true);
    thread.start();
  }

  /** Where tasks connect. */
  GatherAddress address() {
    return new GatherAddress(host, server.getLocalPort(), secret);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        synchronized (this) {
          sockets.add(socket);
        }
        start(() -> serve(socket));
      }
    } catch (IOException e) {
      leave(); // closed, or nobody can connect any more
    }
  }

  /** Answers one task until it closes its connection. */
  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
      if (in.readLong() != secret) {
        return;
      }
      try {
        int task = in.readInt();
        while (true) {
          Rows.write(gather(task, Rows.read(in)), out);
        }
      } finally {
        leave();
      }
    } catch (IOException e) {
      // The task has ended, or failed, which Spark knows.
    }
  }

  /** Waits for the rows of all tasks. */
  private synchronized double[][] gather(int task, double[][] rows) throws IOException {
    arrived[task] = rows;
    missing--;
    if (missing == 0) {
      all = Rows.joined(arrived);
      missing = arrived.length;
      rounds++;
      notifyAll();
      return all;
    }
    int before = rounds;
    while (rounds == before) {
      if (left) {
        throw new IOException("another task has left");
      }
      try {
        wait();
      } catch (InterruptedException e) {
        throw new IOException("the driver stops", e);
      }
    }
    return all;
  }

  /** Leaves no task waiting for one that is gone. */
  private synchronized void leave() {
    left = true;
    notifyAll();
  }

  @Override
  public synchronized void close() {
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the driver cannot close a port of its own", e);
    }
  }
}
