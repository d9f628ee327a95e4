package io.github.posteriori.data;

/** Looks on while {@link Downloader} works, in its thread. */
public interface DownloadListener {

  /** Sees nothing. */
  DownloadListener NONE = (file, bytes) -> {};

  /**
   * Some of {@code file} is there: called when a download begins, whenever more has arrived, and
   * when all has.
   *
   * @param bytes how many are there, of {@code file.bytes()}
   */
  void arrived(PublishedFile file, long bytes);
}
