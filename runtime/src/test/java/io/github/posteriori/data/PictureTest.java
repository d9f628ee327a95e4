package io.github.posteriori.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.data.picture.PictureBytes;
import io.github.posteriori.layers.Shape;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureTest {
  private static final Shape.Image GREY = Shape.image(1, 2, 2);
  private static final Shape.Image COLOUR = Shape.image(3, 2, 2);

  @TempDir Path folder;

  private Path save(BufferedImage image, String format) throws IOException {
    Path file = folder.resolve("picture." + format);
    assertTrue(ImageIO.write(image, format, file.toFile()));
    return file;
  }

  /** Left half of one colour, right half of another. */
  private static BufferedImage halves(int width, int height, int type, Color left, Color right) {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, (x < width / 2 ? left : right).getRGB());
      }
    }
    return image;
  }

  @Test
  void keepsThePixelsOfAnImageOfTheRightSize() throws IOException {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setPixels(0, 0, 2, 2, new int[] {0, 51, 102, 255});
    assertArrayEquals(new float[] {0, 0.2f, 0.4f, 1}, Picture.read(save(image, "png"), GREY));
    assertArrayEquals(
        new float[] {0, 0.2f, 0.4f, 1, 0, 0.2f, 0.4f, 1, 0, 0.2f, 0.4f, 1},
        Picture.read(save(image, "png"), COLOUR));
    assertArrayEquals(
        new float[] {0, 0.2f, 0.4f, 1}, Picture.read(Files.readAllBytes(save(image, "png")), GREY));
  }

  @Test
  void readsSixteenBitsOfGrey() throws IOException {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setPixels(0, 0, 2, 2, new int[] {0, 13107, 26214, 65535});
    assertArrayEquals(new float[] {0, 0.2f, 0.4f, 1}, Picture.read(save(image, "png"), GREY));
  }

  @Test
  void putsChannelBehindChannel() throws IOException {
    Path file =
        save(halves(2, 2, BufferedImage.TYPE_INT_RGB, new Color(255, 0, 51), Color.BLUE), "png");
    assertArrayEquals(
        new float[] {1, 0, 1, 0, 0, 0, 0, 0, 0.2f, 1, 0.2f, 1}, Picture.read(file, COLOUR));
  }

  @Test
  void weighsColoursToGrey() throws IOException {
    Path file = save(halves(2, 2, BufferedImage.TYPE_INT_RGB, Color.RED, Color.GREEN), "png");
    assertArrayEquals(
        new float[] {0.299f, 0.587f, 0.299f, 0.587f}, Picture.read(file, GREY), 0.5f / 255);
  }

  @Test
  void showsWhiteThroughWhatIsTransparent() throws IOException {
    Color half = new Color(0, 0, 0, 51);
    Path colour =
        save(halves(2, 2, BufferedImage.TYPE_INT_ARGB, new Color(0, 0, 0, 0), half), "png");
    assertArrayEquals(new float[] {1, 0.8f, 1, 0.8f}, Picture.read(colour, GREY), 0.5f / 255);

    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY),
            true,
            false,
            Transparency.TRANSLUCENT,
            DataBuffer.TYPE_BYTE);
    WritableRaster raster = model.createCompatibleWritableRaster(2, 2);
    raster.setPixels(0, 0, 2, 2, new int[] {0, 0, 0, 51, 0, 255, 102, 255});
    Path grey = save(new BufferedImage(model, raster, false, null), "png");
    assertArrayEquals(new float[] {1, 0.8f, 0, 0.4f}, Picture.read(grey, GREY), 0.5f / 255);
  }

  @Test
  void averagesWhatShrinks() throws IOException {
    BufferedImage stripes = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < 64; y++) {
      for (int x = 0; x < 64; x += 2) {
        stripes.getRaster().setSample(x, y, 0, 255);
      }
    }
    float[] grey = Picture.read(save(stripes, "png"), GREY);
    assertArrayEquals(new float[] {0.5f, 0.5f, 0.5f, 0.5f}, grey, 0.02f);
  }

  @Test
  void interpolatesWhatGrows() throws IOException {
    BufferedImage edge = halves(2, 1, BufferedImage.TYPE_BYTE_GRAY, Color.BLACK, Color.WHITE);
    assertArrayEquals(
        new float[] {0, 0.25f, 0.75f, 1},
        Picture.read(save(edge, "png"), Shape.image(1, 1, 4)),
        0.5f / 255);
  }

  @Test
  void readsJpeg() throws IOException {
    BufferedImage image = new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(200, 100, 50));
    graphics.fillRect(0, 0, 40, 20);
    graphics.dispose();
    float[] pixels = Picture.read(save(image, "jpg"), COLOUR);
    assertEquals(200 / 255f, pixels[0], 0.02);
    assertEquals(100 / 255f, pixels[4], 0.02);
    assertEquals(50 / 255f, pixels[8], 0.02);
  }

  @Test
  void readsWhatTheContentsSayWhateverTheName() throws IOException {
    BufferedImage black = halves(8, 8, BufferedImage.TYPE_BYTE_BINARY, Color.BLACK, Color.WHITE);
    for (String format : new String[] {"png", "gif", "bmp", "wbmp", "tiff"}) {
      byte[] bytes = PictureBytes.of(black, format);
      for (String name : new String[] {"a", "a.jpg", "A." + format.toUpperCase(Locale.ROOT)}) {
        Path file = Files.write(folder.resolve(name), bytes);
        float[] pixels = Picture.read(file, Shape.image(1, 8, 8));
        for (int i = 0; i < pixels.length; i++) {
          assertEquals(i % 8 / 4, pixels[i], format + " as " + name);
        }
      }
    }
  }

  @Test
  void turnsAPhotographUpright() throws IOException {
    BufferedImage image = halves(32, 32, BufferedImage.TYPE_INT_RGB, Color.BLACK, Color.WHITE);
    byte[] turned = PictureBytes.withExif(PictureBytes.of(image, "jpeg"), 6);
    Path file = Files.write(folder.resolve("turned.jpg"), turned);

    assertArrayEquals(new float[] {0, 0, 1, 1}, Picture.read(file, GREY), 0.2f);
  }

  @Test
  void namesTheFileThatIsMissingOrNoPicture() throws IOException {
    Path absent = folder.resolve("absent.png");
    assertEquals(
        absent
            + ": found no such file, expected a PNG, JPEG, GIF, BMP, WBMP or TIFF file. Check the"
            + " path.",
        assertThrows(DataException.class, () -> Picture.read(absent, GREY)).getMessage());
    assertEquals(
        folder
            + ": found a folder, expected a PNG, JPEG, GIF, BMP, WBMP or TIFF file. Check the"
            + " path.",
        assertThrows(DataException.class, () -> Picture.read(folder, GREY)).getMessage());

    Path text = Files.writeString(folder.resolve("text.png"), "no picture at all");
    assertEquals(
        text
            + ": found nothing that reads as a picture (unknown format), expected a PNG, JPEG, GIF,"
            + " BMP, WBMP or TIFF file. Open it in an image editor and save it anew.",
        assertThrows(DataException.class, () -> Picture.read(text, GREY)).getMessage());

    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
    ImageIO.write(image, "png", whole);
    Path cut = folder.resolve("cut.png");
    Files.write(cut, Arrays.copyOf(whole.toByteArray(), 40));
    assertEquals(
        cut
            + ": found a picture that is cut short, expected a whole file. Copy or download it"
            + " again from its source.",
        assertThrows(DataException.class, () -> Picture.read(cut, GREY)).getMessage());
  }

  @Test
  void saysThatAPictureIsTooLarge() throws IOException {
    ByteArrayOutputStream small = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY), "bmp", small);
    byte[] header = small.toByteArray();
    header[20] = 1; // the third byte of the width
    header[23] = 8; // the second byte of the height
    Path huge = Files.write(folder.resolve("huge.bmp"), header);
    assertEquals(
        huge
            + ": found a picture of 134758464 pixels, expected at most 67108864."
            + " Make it smaller in an image editor.",
        assertThrows(DataException.class, () -> Picture.read(huge, GREY)).getMessage());
  }

  @Test
  void refusesMorePixelsThanSoFewBytesCanHold() throws IOException {
    ByteArrayOutputStream small = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", small);
    byte[] header = small.toByteArray();
    header[18] = 0x20; // the third byte of the width
    header[22] = 0x10; // the third byte of the height
    Path claiming = Files.write(folder.resolve("claiming.png"), header);
    String refusal =
        assertThrows(DataException.class, () -> Picture.read(claiming, GREY)).getMessage();
    assertTrue(refusal.contains("33652800 pixels claimed in " + header.length + " bytes"), refusal);
  }

  @Test
  void refusesChannelsThatNoPictureHas() {
    assertEquals(
        "a picture cannot become [2, 2, 2], expected 1 channel (grey) or 3 (red, green, blue)",
        assertThrows(
                IllegalArgumentException.class,
                () -> Picture.read(folder.resolve("any.png"), Shape.image(2, 2, 2)))
            .getMessage());
  }
}
