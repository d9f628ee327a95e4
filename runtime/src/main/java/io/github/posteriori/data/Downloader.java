package io.github.posteriori.data;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Brings the official files of published sets into a data folder.
 *
 * <p>A file arrives under its name with {@code .part}, is checked against its SHA-256 and then
 * renamed, so that under its own name it is always whole. A download that was cut goes on where it
 * stopped, in this run or a later one. The system properties of the JVM's own proxy settings apply.
 */
public final class Downloader {
  private final DownloadListener listener;
  private final Patience patience;

  Downloader(DownloadListener listener, Patience patience) {
    this.listener = listener;
    this.patience = patience;
  }

  /** A downloader that tells {@code listener} how far it is. */
  public static Downloader reportingTo(DownloadListener listener) {
    return new Downloader(listener, Patience.USUAL);
  }

  /**
   * Downloads what {@code data} lacks for a part of a set; does nothing if it is complete.
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
            .connectTimeout(patience.connect())
            .build();
    for (PublishedFile file : files) {
      new Download(file, client, patience, listener, byHand).into(data.resolve(file.path()));
    }
  }
}
