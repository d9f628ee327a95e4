package io.github.posteriori.checkpoint.torch;

/**
 * The numbers that one tensor has or several share, as a pickle refers to them.
 *
 * @param type of the numbers
 * @param key the name of their bytes in the file
 * @param length how many numbers, at least 0
 */
record Storage(StorageType type, String key, long length) implements PickleValue {

  /** Its bytes; more than a long can count are as many as a long can count. */
  long byteLength() {
    return length > Long.MAX_VALUE / type.size() ? Long.MAX_VALUE : length * type.size();
  }
}
