package io.github.posteriori.data;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;

/** Work that goes on beside the caller's and does not keep the program running. */
final class Background {
  private Background() {}

  /** Makes threads of one name. */
  static ThreadFactory threads(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Throws what the work threw, unchanged, whatever it is. */
  static RuntimeException rethrow(ExecutionException failure) {
    throw Background.<RuntimeException>unchecked(failure.getCause());
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T unchecked(Throwable throwable) throws T {
    throw (T) throwable;
  }
}
