package io.github.posteriori.data.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which way up pictures are read, told by patches of six greys, A to F. */
class UprightPictureTest {
  private static final int PATCH = 16;

  /** How a viewer shows a picture stored as ABC over DEF, for each orientation from 1. */
  private static final String[] UPRIGHT = {
    "ABC/DEF", "CBA/FED", "FED/CBA", "DEF/ABC", "AD/BE/CF", "DA/EB/FC", "FC/EB/DA", "CF/BE/AD"
  };

  private static BufferedImage patches(int type) {
    BufferedImage image = new BufferedImage(3 * PATCH, 2 * PATCH, type);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int grey = 40 * (y / PATCH * 3 + x / PATCH);
        if (type == BufferedImage.TYPE_BYTE_GRAY) {
          image.getRaster().setSample(x, y, 0, grey);
        } else {
          image.setRGB(x, y, 0x10101 * grey);
        }
      }
    }
    return image;
  }

  /** Reads the patches of each row as letters. */
  private static String patches(byte[] file) throws IOException {
    UprightPicture picture = PictureDecoder.decode(file);
    assertEquals(5 * PATCH, picture.width() + picture.height());
    String grey = patches(picture, -1);
    for (int colour = 0; colour < 3; colour++) {
      assertEquals(grey, patches(picture, colour), "colour " + colour);
    }
    return grey;
  }

  private static String patches(UprightPicture picture, int colour) {
    float[][] rows = new float[3][picture.width()];
    float[] row = rows[Math.max(0, colour)];
    return IntStream.range(0, picture.height() / PATCH)
        .mapToObj(
            y -> {
              if (colour < 0) {
                picture.readGrey(y * PATCH + 5, row);
              } else {
                picture.readColours(y * PATCH + 5, rows);
              }
              return IntStream.range(0, row.length / PATCH)
                  .mapToObj(x -> String.valueOf((char) ('A' + Math.round(row[x * PATCH + 5] / 40))))
                  .collect(Collectors.joining());
            })
        .collect(Collectors.joining("/"));
  }

  static Stream<ByteOrder> orders() {
    return Stream.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN);
  }

  @ParameterizedTest
  @MethodSource("orders")
  void photographsStandAsTheirExifDataSay(ByteOrder order) throws IOException {
    for (int type : new int[] {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_INT_RGB}) {
      byte[] jpeg = PictureBytes.of(patches(type), "jpeg");
      assertEquals(UPRIGHT[0], patches(jpeg));
      for (int value = 1; value <= 8; value++) {
        byte[] exif = PictureBytes.exif(order, value);
        assertEquals(UPRIGHT[value - 1], patches(PictureBytes.withExif(jpeg, exif)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("orders")
  void soDoPngFiles(ByteOrder order) throws IOException {
    for (int type :
        new int[] {
          BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_INT_ARGB, BufferedImage.TYPE_BYTE_INDEXED
        }) {
      BufferedImage image = patches(type);
      if (type == BufferedImage.TYPE_INT_ARGB) {
        image.getAlphaRaster().setSamples(0, 0, 3 * PATCH, 2 * PATCH, 0, opaque());
      }
      byte[] png = PictureBytes.of(image, "png");
      for (int value = 1; value <= 8; value++) {
        byte[] exif = PictureBytes.exif(order, value);
        assertEquals(UPRIGHT[value - 1], patches(PictureBytes.withChunk(png, "eXIf", exif)));
      }
    }
  }

  private static int[] opaque() {
    int[] alphas = new int[6 * PATCH * PATCH];
    Arrays.fill(alphas, 255);
    return alphas;
  }

  @ParameterizedTest
  @MethodSource("orders")
  void soDoTiffFiles(ByteOrder order) throws IOException {
    for (int value = 1; value <= 8; value++) {
      byte[] tiff = PictureBytes.tiff(patches(BufferedImage.TYPE_BYTE_GRAY), order, value);
      assertEquals(UPRIGHT[value - 1], patches(tiff));
    }
  }

  @Test
  void exifDataAreFoundBehindOtherSegmentsOfTheirKind() throws IOException {
    byte[] jpeg = PictureBytes.of(patches(BufferedImage.TYPE_INT_RGB), "jpeg");
    byte[] turned = PictureBytes.withExif(jpeg, 6);
    String xmp = "http://ns.adobe.com/xap/1.0/\0";

    assertEquals(UPRIGHT[5], patches(PictureBytes.withSegment(turned, 0xe1, xmp, new byte[300])));
    assertEquals(UPRIGHT[2], patches(PictureBytes.withExif(turned, 3)), "the first one holds");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 255, 65535})
  void anOrientationThatThereIsNotIsNone(int value) throws IOException {
    byte[] jpeg = PictureBytes.of(patches(BufferedImage.TYPE_INT_RGB), "jpeg");

    assertEquals(UPRIGHT[0], patches(PictureBytes.withExif(jpeg, value)));
  }

  @Test
  void damagedExifDataStopNoPicture() throws IOException {
    byte[] jpeg = PictureBytes.of(patches(BufferedImage.TYPE_INT_RGB), "jpeg");
    byte[] png = PictureBytes.of(patches(BufferedImage.TYPE_BYTE_GRAY), "png");
    byte[] whole = PictureBytes.exif(ByteOrder.BIG_ENDIAN, 6);
    Random random = new Random(1);
    int turned = 0;
    for (int round = 0; round < 500; round++) {
      byte[] damaged = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
      for (int flip = random.nextInt(3); flip > 0 && damaged.length > 0; flip--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      String shown = patches(PictureBytes.withExif(jpeg, damaged));
      assertEquals(shown, patches(PictureBytes.withChunk(png, "eXIf", damaged)));
      turned += shown.equals(UPRIGHT[0]) ? 0 : 1;
    }
    assertFalse(turned == 0, "no damage left the orientation alone");
  }

  @Test
  void anEntryThatIsDamagedHidesNoOther() throws IOException {
    byte[] jpeg = PictureBytes.of(patches(BufferedImage.TYPE_INT_RGB), "jpeg");
    ByteBuffer exif = ByteBuffer.allocate(8 + 2 + 24);
    exif.putInt(0x4d4d002a).putInt(8).putShort((short) 2);
    exif.putShort((short) 273).putShort((short) 4).putInt(0x7fffffff).putInt(0x7fffffff);
    exif.putShort((short) 274).putShort((short) 3).putInt(1).putShort((short) 8);

    assertEquals(UPRIGHT[7], patches(PictureBytes.withExif(jpeg, exif.array())));
  }

  @Test
  void everyPixelIsKept() throws IOException {
    BufferedImage noise = new BufferedImage(5, 3, BufferedImage.TYPE_BYTE_GRAY);
    Random random = new Random(2);
    for (int i = 0; i < 15; i++) {
      noise.getRaster().setSample(i % 5, i / 5, 0, random.nextInt(256));
    }
    UprightPicture turned =
        PictureDecoder.decode(PictureBytes.tiff(noise, ByteOrder.LITTLE_ENDIAN, 8));
    assertEquals(3, turned.width());
    assertEquals(5, turned.height());
    float[] row = new float[3];
    for (int y = 0; y < 5; y++) {
      turned.readGrey(y, row);
      float[] expected = new float[3];
      for (int x = 0; x < 3; x++) {
        expected[x] = noise.getRaster().getSample(4 - y, x, 0);
      }
      assertArrayEquals(expected, row);
    }
  }
}
