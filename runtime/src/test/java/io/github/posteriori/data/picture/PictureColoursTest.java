package io.github.posteriori.data.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The light that a viewer shows. */
class PictureColoursTest {
  private static final int ORANGE = 0xe08040;

  private static BufferedImage plain(int type, int rgb) {
    BufferedImage image = new BufferedImage(16, 16, type);
    for (int i = 0; i < 256; i++) {
      image.setRGB(i % 16, i / 16, 0xff000000 | rgb);
    }
    return image;
  }

  private static BufferedImage grey(int type, int sample) {
    BufferedImage image = new BufferedImage(16, 16, type);
    for (int i = 0; i < 256; i++) {
      image.getRaster().setSample(i % 16, i / 16, 0, sample);
    }
    return image;
  }

  private static float[] pixel(byte[] file, int x, int y) throws IOException {
    UprightPicture picture = PictureDecoder.decode(file);
    float[] pixel = new float[3];
    float[][] rows = new float[3][picture.width()];
    picture.readColours(y, rows);
    for (int colour = 0; colour < 3; colour++) {
      pixel[colour] = rows[colour][x];
    }
    return pixel;
  }

  private static float greyPixel(byte[] file) throws IOException {
    UprightPicture picture = PictureDecoder.decode(file);
    float[] row = new float[picture.width()];
    picture.readGrey(3, row);
    return row[3];
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "gif", "bmp", "tiff"})
  void middleGreyIsNeitherDarkerNorBrighter(String format) throws IOException {
    byte[] file = PictureBytes.of(grey(BufferedImage.TYPE_BYTE_GRAY, 128), format);

    assertEquals(128, greyPixel(file));
    assertArrayEquals(new float[] {128, 128, 128}, pixel(file, 3, 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "tiff"})
  void sixteenBitsOfGreyAreReadInTheirRange(String format) throws IOException {
    byte[] file = PictureBytes.of(grey(BufferedImage.TYPE_USHORT_GRAY, 128 * 257), format);

    assertEquals(128, greyPixel(file));
  }

  @Test
  void theTransparentEntryOfAPaletteIsWhite() throws IOException {
    byte[] black = {0, 0};
    byte[] alphas = {0, (byte) 255};
    IndexColorModel palette = new IndexColorModel(8, 2, black, black, black, alphas);
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_INDEXED, palette);
    image.getRaster().setSample(1, 0, 0, 1);
    for (String format : new String[] {"png", "gif"}) {
      byte[] file = PictureBytes.of(image, format);
      assertArrayEquals(new float[] {255, 255, 255}, pixel(file, 0, 0), format);
      assertArrayEquals(new float[3], pixel(file, 1, 0), format);
    }
  }

  @Test
  void theTransparentColourOfAPngFileIsWhite() throws IOException {
    byte[] png = PictureBytes.of(plain(BufferedImage.TYPE_INT_RGB, ORANGE), "png");
    byte[] colour = {0, (byte) 0xe0, 0, (byte) 0x80, 0, 0x40};

    float[] shown = pixel(PictureBytes.withChunk(png, "tRNS", colour), 3, 3);

    assertArrayEquals(new float[] {255, 255, 255}, shown);
  }

  @Test
  void theFirstPictureOfAnAnimationStandsWhereItBelongs() throws IOException {
    byte[] gif = PictureBytes.of(plain(BufferedImage.TYPE_BYTE_INDEXED, 0), "gif");
    ByteBuffer bytes = ByteBuffer.wrap(gif);
    gif[6] = 20; // width of the screen
    gif[8] = 24; // and height
    int place = 13 + (3 << (gif[10] & 7) + 1);
    while (bytes.get(place) != 0x2c) {
      place++;
    }
    gif[place + 1] = 4;
    gif[place + 3] = 6;

    UprightPicture screen = PictureDecoder.decode(gif);
    assertEquals(20, screen.width());
    assertEquals(24, screen.height());
    assertArrayEquals(new float[] {255, 255, 255}, pixel(gif, 3, 10));
    assertArrayEquals(new float[3], pixel(gif, 4, 6));
    assertArrayEquals(new float[] {255, 255, 255}, pixel(gif, 10, 22));

    gif[7] = (byte) 0xff;
    gif[9] = (byte) 0xff;
    assertTrue(
        assertThrows(PictureException.class, () -> PictureDecoder.decode(gif))
            .found()
            .contains("pixels"));
  }

  /** A profile whose red and green are other ones than those of sRGB. */
  private static byte[] profile() {
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
    ByteBuffer bytes = ByteBuffer.wrap(profile);
    int red = tag(bytes, "rXYZ");
    int green = tag(bytes, "gXYZ");
    for (int i = 8; i < 20; i += 4) {
      int former = bytes.getInt(red + i);
      bytes.putInt(red + i, bytes.getInt(green + i)).putInt(green + i, former);
    }
    return profile;
  }

  private static int tag(ByteBuffer profile, String name) {
    for (int entry = 132; ; entry += 12) {
      String tag = new String(profile.array(), entry, 4, StandardCharsets.ISO_8859_1);
      if (tag.equals(name)) {
        return profile.getInt(entry + 4);
      }
    }
  }

  private static byte[] compressed(byte[] profile) throws IOException {
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    chunk.write("swapped\0\0".getBytes(StandardCharsets.ISO_8859_1));
    try (DeflaterOutputStream out = new DeflaterOutputStream(chunk)) {
      out.write(profile);
    }
    return chunk.toByteArray();
  }

  private static byte[] numbered(byte[] profile) {
    return ByteBuffer.allocate(profile.length + 2).put((byte) 1).put((byte) 1).put(profile).array();
  }

  @Test
  void aColourProfileIsApplied() throws IOException {
    float[] swapped = {0x80, 0xe0, 0x40};
    byte[] jpeg = PictureBytes.of(plain(BufferedImage.TYPE_INT_RGB, ORANGE), "jpeg");
    byte[] profiled = PictureBytes.withSegment(jpeg, 0xe2, "ICC_PROFILE\0", numbered(profile()));
    assertArrayEquals(swapped, pixel(profiled, 3, 3), 3);
    for (int type :
        new int[] {
          BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_INT_ARGB, BufferedImage.TYPE_BYTE_INDEXED
        }) {
      BufferedImage image = plain(type, ORANGE);
      byte[] png = PictureBytes.of(image, "png");
      float[] plain = pixel(png, 3, 3);
      float[] shown = pixel(PictureBytes.withChunk(png, "iCCP", compressed(profile())), 3, 3);
      assertArrayEquals(new float[] {plain[1], plain[0], plain[2]}, shown, 3);
    }
  }

  @Test
  void aProfileThatIsDamagedOrOfOtherColoursStopsNoPicture() throws IOException {
    byte[] png = PictureBytes.of(plain(BufferedImage.TYPE_INT_RGB, ORANGE), "png");
    byte[] jpeg = PictureBytes.of(plain(BufferedImage.TYPE_INT_RGB, ORANGE), "jpeg");
    byte[] ofGrey = ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData();
    byte[] noise = new byte[600];
    Arrays.fill(noise, (byte) 7);
    byte[] cut = Arrays.copyOf(profile(), 300);
    for (byte[] profile : new byte[][] {ofGrey, noise, cut, {}}) {
      byte[] chunk = compressed(profile);
      assertArrayEquals(pixel(png, 3, 3), pixel(PictureBytes.withChunk(png, "iCCP", chunk), 3, 3));
      byte[] segment = numbered(profile);
      assertArrayEquals(
          pixel(jpeg, 3, 3),
          pixel(PictureBytes.withSegment(jpeg, 0xe2, "ICC_PROFILE\0", segment), 3, 3));
    }
    assertArrayEquals(
        pixel(png, 3, 3), pixel(PictureBytes.withChunk(png, "iCCP", new byte[3]), 3, 3));
  }

  @Test
  void fractionsWhoseRangeNobodyTellsAreRefused() throws IOException {
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_FLOAT);
    BufferedImage image =
        new BufferedImage(model, model.createCompatibleWritableRaster(4, 4), false, null);
    byte[] tiff = PictureBytes.of(image, "tiff");

    assertTrue(
        assertThrows(PictureException.class, () -> PictureDecoder.decode(tiff))
            .found()
            .contains("fractional samples"));
  }

  @Test
  void fourInksTakeTheirLightFromWhite() throws IOException {
    WritableRaster inverted = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, null);
    for (int i = 0; i < 256; i++) {
      inverted.setPixel(i % 16, i / 16, new int[] {200, 100, 50, 204}); // 204: a fifth is black
    }
    byte[] jpeg = PictureBytes.of(inverted);

    assertArrayEquals(new float[] {160, 80, 40}, pixel(jpeg, 3, 3), 2);
    assertEquals(0.299f * 160 + 0.587f * 80 + 0.114f * 40, greyPixel(jpeg), 2);
  }
}
