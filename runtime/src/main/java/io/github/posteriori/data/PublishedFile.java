package io.github.posteriori.data;

import java.net.URI;
import java.nio.file.Path;

/**
 * A file of a published set: where it comes from, where it belongs, and how to know it.
 *
 * @param path where it belongs inside a data folder
 * @param source where it is published
 * @param bytes its length
 * @param sha256 its checksum, 64 hexadecimal digits in lower case
 */
public record PublishedFile(Path path, URI source, long bytes, String sha256) {}
