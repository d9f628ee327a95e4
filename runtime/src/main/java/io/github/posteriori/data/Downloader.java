package io.github.posteriori.data;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Downloads the official files of published sets into a data folder.
 *
 * <p>A file is written under its name with {@code .part}, checked against its SHA-256 and then
 * renamed, so that under its own name it is always complete. An interrupted download resumes where
 * it stopped, in this run or a later one. The JVM's system properties for proxies apply.
 */
public final class Downloader {
  private final DownloadListener listener;
  private final Timeouts timeouts;

  Downloader(DownloadListener listener, Timeouts timeouts) {
    this.listener = listener;
    this.timeouts = timeouts;
  }

  /** Creates a downloader that reports its progress to {@code listener}. */
  public static Downloader reportingTo(DownloadListener listener) {
    return new Downloader(listener, Timeouts.USUAL);
  }

  /**
   * Downloads the files that {@code data} lacks for a part of a set.
   *
   * @throws DataException if a server cannot be reached or sends something else, or the folder
   *     cannot be written
   */
  public void complete(PublishedSet set, Path data, Part part) {
    download(set.missing(data, part), data);
  }

  void download(List<PublishedFile> files, Path data) {
    if (files.isEmpty()) {
      return;
    }
    String byHand =
        files.stream()
            .map(file -> data.resolve(file.path()) + " from " + file.source())
            .collect(Collectors.joining("; ", "Or put it there yourself: ", "."));
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(timeouts.connect())
            .build();
    for (PublishedFile file : files) {
      new Download(file, client, timeouts, listener, byHand).into(data.resolve(file.path()));
    }
  }
}
