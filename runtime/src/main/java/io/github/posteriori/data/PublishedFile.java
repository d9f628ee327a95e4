package io.github.posteriori.data;

import java.net.URI;
import java.nio.file.Path;

/**
 * A file of a published set: its source, its place and its checksum.
 *
 * @param path its place inside a data folder
 * @param source the address it is published at
 * @param bytes its length
 * @param sha256 its checksum, 64 hexadecimal digits in lower case
 */
public record PublishedFile(Path path, URI source, long bytes, String sha256) {}
