package io.github.posteriori.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** CIFAR batches as Python pickles them: strings of which each character is a byte. */
enum CifarPickles {
  /** As published: protocol 2 by Python 2. */
  PYTHON_2 {
    @Override
    String write(byte[] pixels, String fortran, String... labels) {
      String state = "(K\u0001" + shape(pixels) + TYPE + fortran + "T" + counted(pixels) + "tb";
      return "\u0080\u0002}q\0(U\u0004data" + ARRAY + state + lists("U", labels) + "u.";
    }
  },

  /** Protocol 2 by Python 3, in which bytes are encoded characters. */
  PYTHON_3 {
    @Override
    String write(byte[] pixels, String fortran, String... labels) {
      byte[] utf8 = characters(pixels).getBytes(StandardCharsets.UTF_8);
      String bytes = "c_codecs\nencode\n(X" + counted(utf8) + "X\u0006\0\0\0latin1tR";
      String state = "(K\u0001" + shape(pixels) + TYPE + fortran + bytes + "tb";
      return "\u0080\u0002}q\0(X\u0004\0\0\0data" + ARRAY + state + lists("U", labels) + "u.";
    }
  },

  /** Protocol 4, whose keys are bytes, as Python 3 loads them from the published files. */
  BYTES {
    @Override
    String write(byte[] pixels, String fortran, String... labels) {
      String state = "(K\u0001" + shape(pixels) + TYPE + fortran + "B" + counted(pixels) + "tb";
      return "\u0080\u0004}\u0094(C\u0004data" + ARRAY + state + lists("C", labels) + "u.";
    }
  },

  /** Protocol 5, with NumPy 2. */
  BUFFER {
    @Override
    String write(byte[] pixels, String fortran, String... labels) {
      String size = characters(littleEndian(8).putLong(pixels.length).array());
      String order = fortran.equals("\u0088") ? "F" : "C";
      String array =
          "cnumpy._core.numeric\n_frombuffer\n(\u0096"
              + size
              + characters(pixels)
              + TYPE
              + shape(pixels)
              + "U\1"
              + order
              + "tR";
      return "\u0080\u0005}\u0094(\u008c\u0004data" + array + lists("\u008c", labels) + "u.";
    }
  };

  private static final String ARRAY =
      "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\nK\0\u0085U\u0001btR";
  private static final String TYPE =
      "cnumpy\ndtype\n(U\u0002u1K\0K\u0001tR(K\u0003U\u0001|NNN"
          + "J\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\0tb";

  /**
   * Pickles a batch.
   *
   * @param pixels of whole images, 3072 bytes each
   * @param fortran whether the array is column-major: NEWTRUE or NEWFALSE
   * @param labels keys, each followed by one label an image, such as {@code labels 3 9}
   */
  abstract String write(byte[] pixels, String fortran, String... labels);

  /** Pickles a batch of images. */
  byte[] bytes(byte[] pixels, String... labels) {
    return bytes(write(pixels, "\u0089", labels));
  }

  static byte[] bytes(String characters) {
    return characters.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String characters(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static ByteBuffer littleEndian(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String counted(byte[] bytes) {
    return characters(littleEndian(4).putInt(bytes.length).array()) + characters(bytes);
  }

  private static String shape(byte[] pixels) {
    return "K" + (char) (pixels.length / 3072) + "M\0\u000c\u0086";
  }

  private static String lists(String string, String... labels) {
    StringBuilder lists = new StringBuilder();
    for (String label : labels) {
      String[] words = label.split(" ");
      lists.append(string).append((char) words[0].length()).append(words[0]).append("](");
      for (int i = 1; i < words.length; i++) {
        lists.append("K").append((char) Integer.parseInt(words[i]));
      }
      lists.append("e");
    }
    return lists.toString();
  }
}
