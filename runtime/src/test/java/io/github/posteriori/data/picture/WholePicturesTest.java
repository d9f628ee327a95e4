package io.github.posteriori.data.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Half a picture does not count as one. */
class WholePicturesTest {
  private static final int SIDE = 24;
  private static final byte[] END_OF_JPEG = {(byte) 0xff, (byte) 0xd9};

  /** A file, and how many of its last bytes a viewer does without. */
  private record Sample(String name, byte[] file, int spare) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static BufferedImage noise(int type) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, type);
    Random random = new Random(3);
    for (int i = 0; i < SIDE * SIDE; i++) {
      image.setRGB(i % SIDE, i / SIDE, random.nextInt() | 0xff000000);
    }
    return image;
  }

  static Stream<Sample> samples() throws IOException {
    BufferedImage grey = noise(BufferedImage.TYPE_BYTE_GRAY);
    BufferedImage colour = noise(BufferedImage.TYPE_INT_RGB);
    BufferedImage palette = noise(BufferedImage.TYPE_BYTE_INDEXED);
    BufferedImage bits = noise(BufferedImage.TYPE_BYTE_BINARY);
    return Stream.of(
        new Sample("JPEG", PictureBytes.of(colour, "jpeg"), 2),
        new Sample("grey JPEG", PictureBytes.of(grey, "jpeg"), 2),
        new Sample("progressive JPEG", PictureBytes.progressive(colour), 2),
        new Sample("grey progressive JPEG", PictureBytes.progressive(grey), 2),
        new Sample("PNG", PictureBytes.of(colour, "png"), 0),
        new Sample("PNG with a palette", PictureBytes.of(palette, "png"), 0),
        new Sample("GIF", PictureBytes.of(palette, "gif"), 1),
        new Sample("BMP", PictureBytes.of(colour, "bmp"), 0),
        new Sample("grey BMP", PictureBytes.of(grey, "bmp"), 0),
        new Sample("WBMP", PictureBytes.of(bits, "wbmp"), 0),
        new Sample("TIFF", PictureBytes.of(colour, "tiff"), 0),
        new Sample("TIFF, LZW", PictureBytes.compressedTiff(colour, "LZW"), 0),
        new Sample("TIFF, Deflate", PictureBytes.compressedTiff(colour, "Deflate"), 0),
        new Sample("TIFF, JPEG", PictureBytes.compressedTiff(colour, "JPEG"), 0));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aFileCutShortIsRefusedWhereverItIsCut(Sample sample) throws IOException {
    float[] whole = pixels(sample.file);
    for (int length = 0; length < sample.file.length; length++) {
      byte[] cut = Arrays.copyOf(sample.file, length);
      if (length >= sample.file.length - sample.spare) {
        assertArrayEquals(whole, pixels(cut), "the first " + length + " bytes");
      } else {
        String at = "the first " + length + " of " + sample.file.length + " bytes";
        assertThrows(PictureException.class, () -> PictureDecoder.decode(cut), at);
      }
    }
  }

  /** As of a download into a file that had its full length before. */
  @ParameterizedTest
  @MethodSource("samples")
  void zerosInPlaceOfTheRestAreNoRest(Sample sample) {
    if (sample.name.matches(".*(PNG|JPEG|GIF).*") && !sample.name.startsWith("TIFF")) {
      for (int tenth = 1; tenth < 10; tenth++) {
        byte[] half = sample.file.clone();
        Arrays.fill(half, half.length * tenth / 10, half.length, (byte) 0);
        assertThrows(PictureException.class, () -> PictureDecoder.decode(half), tenth + " tenths");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void bytesBehindTheEndDoNoHarm(Sample sample) throws IOException {
    if (!sample.name.equals("WBMP")) { // Which nothing but its length tells.
      byte[] more = PictureBytes.followedBy(sample.file, (byte) 0, (byte) 'x', (byte) 0xff);
      assertArrayEquals(pixels(sample.file), pixels(more));
    }
  }

  @Test
  void anEndBehindHalfAPhotographMakesItNoWholeOne() throws IOException {
    BufferedImage noise = noise(BufferedImage.TYPE_INT_RGB);
    for (byte[] file :
        new byte[][] {PictureBytes.of(noise, "jpeg"), PictureBytes.progressive(noise)}) {
      byte[] most = Arrays.copyOf(file, file.length * 9 / 10);
      byte[] half = PictureBytes.followedBy(most, END_OF_JPEG);
      assertCutShort(half);
    }
  }

  @Test
  void aProgressivePictureLacksTheScansBehindWhichItIsCut() throws IOException {
    byte[] file = PictureBytes.progressive(noise(BufferedImage.TYPE_BYTE_GRAY));
    int scans = 0;
    for (int at = 2; at < file.length - 2; at++) {
      boolean scan = file[at] == (byte) 0xff && file[at + 1] == (byte) 0xda;
      if (scan && scans++ > 0) {
        assertCutShort(Arrays.copyOf(file, at));
      }
    }
    assertTrue(scans > 3, scans + " scans");
  }

  @Test
  void superfluousBytesBetweenSegmentsDoNoHarm() throws IOException {
    byte[] file = PictureBytes.of(noise(BufferedImage.TYPE_INT_RGB), "jpeg");
    byte[] end = {0, 0, 0, (byte) 0xff, (byte) 0xd9};
    byte[] more = PictureBytes.followedBy(Arrays.copyOf(file, file.length - 2), end);

    assertArrayEquals(pixels(file), pixels(more));
  }

  @Test
  void aPngFileWithAWrongChecksumIsRefused() throws IOException {
    byte[] file = PictureBytes.of(noise(BufferedImage.TYPE_INT_RGB), "png");
    file[file.length / 2] ^= 1;

    assertEquals(
        "a damaged picture (the checksum of IDAT is wrong)",
        assertThrows(PictureException.class, () -> PictureDecoder.decode(file)).found());
  }

  @Test
  void zerosInFrontMakeNoPicture() {
    byte[] file = new byte[500];
    file[2] = 8;
    file[3] = 8;

    assertTrue(
        assertThrows(PictureException.class, () -> PictureDecoder.decode(file))
            .found()
            .contains("unknown format"));
  }

  private static void assertCutShort(byte[] file) {
    assertEquals(
        "a picture that is cut short",
        assertThrows(PictureException.class, () -> PictureDecoder.decode(file)).found());
  }

  private static float[] pixels(byte[] file) throws IOException {
    UprightPicture picture = PictureDecoder.decode(file);
    float[] pixels = new float[picture.width() * picture.height()];
    float[] row = new float[picture.width()];
    for (int y = 0; y < picture.height(); y++) {
      picture.readGrey(y, row);
      System.arraycopy(row, 0, pixels, y * row.length, row.length);
    }
    return pixels;
  }
}
