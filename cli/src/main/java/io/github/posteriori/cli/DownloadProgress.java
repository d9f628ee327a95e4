package io.github.posteriori.cli;

import io.github.posteriori.data.DownloadListener;
import io.github.posteriori.data.PublishedFile;
import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows downloads: one line for each file, and a bar on a terminal. */
final class DownloadProgress implements DownloadListener, AutoCloseable {
  private static final long MIB = 1 << 20;

  private final boolean terminal;
  private final PrintStream out;
  private PublishedFile shown;
  private ProgressBar bar;

  /**
   * Shows what arrives.
   *
   * @param terminal whether a person watches {@code out}
   */
  DownloadProgress(boolean terminal, PrintStream out) {
    this.terminal = terminal;
    this.out = out;
  }

  @Override
  public void arrived(PublishedFile file, long bytes) {
    if (!file.equals(shown)) {
      close();
      shown = file;
      out.printf(
          Locale.ROOT,
          "downloading %s, %.1f MiB%s%n",
          file.source(),
          (double) file.bytes() / MIB,
          bytes == 0 ? "" : String.format(Locale.ROOT, ", from %.1f MiB on", (double) bytes / MIB));
      bar = terminal ? bar(file) : null;
    }
    if (bar != null) {
      bar.stepTo(bytes);
    }
  }

  private ProgressBar bar(PublishedFile file) {
    return new ProgressBarBuilder()
        .setTaskName(file.path().getFileName().toString())
        .setInitialMax(file.bytes())
        .setUnit(" MiB", MIB)
        .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
        .setUpdateIntervalMillis(250)
        .setConsumer(new ConsoleProgressBarConsumer(out))
        .build();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
