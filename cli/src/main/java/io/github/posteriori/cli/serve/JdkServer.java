package io.github.posteriori.cli.serve;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The limits of the JDK's HTTP server, which it reads once, when the program first uses it. What
 * the user has set stays.
 */
final class JdkServer {
  private static final String PREFIX = "sun.net.httpserver.";

  /** Slow clients hold a thread each. */
  private static final int THREADS = 256;

  private JdkServer() {}

  /**
   * Limits how long requests take to arrive and answers to leave, and how many clients there are.
   */
  static void limit(Duration timeout) {
    long seconds = timeout.toSeconds();
    set(PREFIX + "nodelay", "true");
    // Headers that do not end; a body that does not is answered, a little before.
    set(PREFIX + "maxReqTime", Long.toString(seconds + 2));
    set(PREFIX + "maxRspTime", Long.toString(2 * seconds + 10));
    // A body that is left unread ends the connection.
    set(PREFIX + "drainAmount", "0");
    set("jdk.httpserver.maxConnections", "1000");
  }

  private static void set(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /** Makes the threads that answer requests, as many as are needed, up to a limit. */
  static ThreadPoolExecutor threads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            named("posteriori-request"));
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /** Names threads that do not keep the program running. */
  static ThreadFactory named(String name) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
