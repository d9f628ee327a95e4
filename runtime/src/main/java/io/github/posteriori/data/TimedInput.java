package io.github.posteriori.data;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A stream whose reads time out: {@link java.net.http.HttpClient} limits the time until a response
 * begins, but not the pauses within it.
 */
final class TimedInput implements AutoCloseable {
  private final InputStream in;
  private final Duration silence;
  private final ExecutorService background = Executors.newSingleThreadExecutor(TimedInput::daemon);

  TimedInput(InputStream in, Duration silence) {
    this.in = in;
    this.silence = silence;
  }

  /**
   * Reads available bytes, as {@link InputStream#read(byte[])} does.
   *
   * @throws IOException if the stream fails or nothing comes in time
   */
  int read(byte[] buffer) throws IOException, InterruptedException {
    Future<Integer> read = background.submit(() -> in.read(buffer));
    try {
      return read.get(silence.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("nothing more for " + silence.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw new IOException("a cut connection", e.getCause());
    }
  }

  @Override
  public void close() throws IOException {
    background.shutdownNow();
    in.close();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "posteriori-download");
    thread.setDaemon(true);
    return thread;
  }
}
