package io.github.posteriori.cli.serve;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;

/** Takes the port of a server. */
final class Listening {
  /** Connections that wait to be accepted. */
  private static final int BACKLOG = 256;

  private Listening() {}

  static HttpServer on(String host, int port) {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new ServeException(
          "the host is '"
              + host
              + "', which has no address, expected a name or address of this machine: take"
              + " 127.0.0.1, or 0.0.0.0 to be reached from others",
          null);
    }
    try {
      return HttpServer.create(address, BACKLOG);
    } catch (BindException e) {
      throw new ServeException(
          "port "
              + port
              + " of "
              + host
              + " cannot be taken ("
              + e.getMessage()
              + "), expected a free port of this machine: choose another --port, or 0 for any, or"
              + " stop the program that has it",
          e);
    } catch (IOException e) {
      throw new ServeException(
          "cannot listen on "
              + host
              + ", port "
              + port
              + " ("
              + e.getMessage()
              + "), expected a network that allows it: look at its settings",
          e);
    }
  }
}
