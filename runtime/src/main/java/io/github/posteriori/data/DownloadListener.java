package io.github.posteriori.data;

/** Watches a {@link Downloader}, in its thread. */
public interface DownloadListener {

  /** A listener that does nothing. */
  DownloadListener NONE = (file, bytes) -> {};

  /**
   * Reports progress: called when a download of {@code file} begins, whenever bytes have arrived,
   * and when it is complete.
   *
   * @param bytes number of bytes so far, of {@code file.bytes()}
   */
  void arrived(PublishedFile file, long bytes);
}
