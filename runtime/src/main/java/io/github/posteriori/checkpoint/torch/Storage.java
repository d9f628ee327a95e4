package io.github.posteriori.checkpoint.torch;

import io.github.posteriori.pickle.PickleValue;

/**
 * A pickle's reference to numbers that belong to one tensor or are shared by several.
 *
 * @param type of the numbers
 * @param key name of their bytes in the file
 * @param length number of numbers, at least 0
 */
record Storage(StorageType type, String key, long length) implements PickleValue.OfFormat {

  /** Returns the size in bytes, at most {@link Long#MAX_VALUE}. */
  long byteLength() {
    return length > Long.MAX_VALUE / type.size() ? Long.MAX_VALUE : length * type.size();
  }

  @Override
  public String kind() {
    return "a storage";
  }
}
