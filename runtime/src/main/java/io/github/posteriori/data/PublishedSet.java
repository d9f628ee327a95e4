package io.github.posteriori.data;

import java.nio.file.Path;
import java.util.List;

/** A published set in a folder of data sets. */
public sealed interface PublishedSet permits MnistFolder, CifarFolder, SplitMnist {

  /**
   * Reads one part of the set from the folder {@code data}.
   *
   * @throws DataException if a file is missing, damaged or does not fit the others
   */
  Dataset read(Path data, Part part);

  /**
   * Returns the files that {@code data} lacks for one part and that {@link Downloader} can
   * download; empty if the part is complete or not published with checksums.
   */
  List<PublishedFile> missing(Path data, Part part);

  /** Reads the training images, as {@link #read} does. */
  default Dataset train(Path data) {
    return read(data, Part.TRAIN);
  }

  /** Reads the test images, as {@link #read} does. */
  default Dataset test(Path data) {
    return read(data, Part.TEST);
  }
}
