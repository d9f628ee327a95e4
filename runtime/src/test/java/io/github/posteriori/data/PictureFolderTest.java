package io.github.posteriori.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.github.posteriori.data.picture.PictureBytes;
import io.github.posteriori.layers.Shape;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureFolderTest {
  private static final String[] LETTERS = "ABCDEFGHIJ".split("");

  @TempDir Path data;

  @Test
  void numbersClassesAndOrdersPicturesByName() throws IOException {
    write("pets/dog/10.png", grey(2, 2, 40));
    write("pets/dog/9.PNG", grey(2, 2, 30));
    write("pets/cat/b.png", grey(2, 2, 20));
    write("pets/cat/a.png", grey(2, 2, 10));
    write("pets/Zebra/a.png", grey(2, 2, 50));

    PictureFolder pets = PictureFolder.grey(data.resolve("pets"), 2, 2);

    assertEquals("pets", pets.name());
    assertEquals(List.of("Zebra", "cat", "dog"), pets.classNames());
    assertEquals(3, pets.classes());
    assertEquals(Shape.image(1, 2, 2), pets.shape());
    assertArrayEquals(new int[] {0, 1, 1, 2, 2}, labels(pets));
    for (int i = 0; i < 5; i++) {
      assertEquals(new int[] {50, 10, 20, 40, 30}[i] / 255f, pixels(pets, i)[0], "picture " + i);
    }
    assertEquals(List.of(), pets.skipped());
  }

  @Test
  void aTestFolderThatLacksAClassMatchesTheTrainingFolderByName() throws IOException {
    for (String picture : List.of("train/ant", "train/bee", "train/cat", "test/bee", "test/cat")) {
      write(picture + "/a.png", grey(2, 2, 10));
    }
    List<String> known = PictureFolder.grey(data.resolve("train"), 2, 2).classNames();
    PictureFolder test = PictureFolder.grey(data.resolve("test"), 2, 2);

    assertArrayEquals(new int[] {0, 1}, labels(test));
    assertArrayEquals(new int[] {1, 2}, labels(test.matching(known)));
    assertEquals(known, test.matching(known).classNames());
    write("test/dog/a.png", grey(2, 2, 10));
    PictureFolder more = PictureFolder.grey(data.resolve("test"), 2, 2);
    assertThrows(IllegalArgumentException.class, () -> more.matching(known));
  }

  @Test
  void keepsThePixelsOfAPictureOfTheRightSize() throws IOException {
    BufferedImage noise = new BufferedImage(5, 7, BufferedImage.TYPE_BYTE_GRAY);
    float[] expected = new float[35];
    Random random = new Random(1);
    for (int i = 0; i < 35; i++) {
      int grey = random.nextInt(256);
      noise.getRaster().setSample(i % 5, i / 5, 0, grey);
      expected[i] = grey / 255f;
    }
    write("own/a/noise.png", noise);

    assertArrayEquals(expected, pixels(PictureFolder.grey(data.resolve("own"), 7, 5), 0));
    float[] colour = pixels(PictureFolder.colour(data.resolve("own"), 7, 5), 0);
    for (int channel = 0; channel < 3; channel++) {
      assertArrayEquals(expected, Arrays.copyOfRange(colour, channel * 35, channel * 35 + 35));
    }
  }

  @Test
  void readsEveryCommonKindOfPicture() throws IOException {
    int[] kinds = {
      BufferedImage.TYPE_INT_RGB,
      BufferedImage.TYPE_INT_ARGB,
      BufferedImage.TYPE_3BYTE_BGR,
      BufferedImage.TYPE_BYTE_INDEXED,
      BufferedImage.TYPE_USHORT_GRAY,
      BufferedImage.TYPE_BYTE_GRAY,
      BufferedImage.TYPE_BYTE_BINARY
    };
    for (int kind : kinds) {
      BufferedImage white = new BufferedImage(4, 4, kind);
      for (int i = 0; i < 16; i++) {
        white.setRGB(i % 4, i / 4, 0xffffffff);
      }
      white.setRGB(0, 0, 0xff000000);
      write("own/a/" + kind + ".png", white);
    }

    PictureFolder own = PictureFolder.grey(data.resolve("own"), 4, 4);

    assertEquals(kinds.length, own.size());
    for (int i = 0; i < own.size(); i++) {
      assertEquals(0f, pixels(own, i)[0]);
      assertEquals(1f, pixels(own, i)[15]);
    }
  }

  @Test
  void turnsColoursToGreyByTheirLuma() throws IOException {
    write("own/a/red.png", colour(0xff0000));
    write("own/a/teal.png", colour(0x008080));

    PictureFolder own = PictureFolder.grey(data.resolve("own"), 2, 2);

    assertEquals(0.299f, pixels(own, 0)[0], 0.5 / 255);
    assertEquals((0.587f + 0.114f) * 128 / 255, pixels(own, 1)[0], 0.5 / 255);
  }

  @Test
  void givesRedGreenAndBlue() throws IOException {
    write("own/a/orange.png", colour(0xff8000));

    float[] pixels = pixels(PictureFolder.colour(data.resolve("own"), 2, 2), 0);

    assertArrayEquals(
        new float[] {1, 1, 1, 1, 128 / 255f, 128 / 255f, 128 / 255f, 128 / 255f, 0, 0, 0, 0},
        pixels);
  }

  @Test
  void readsJpeg() throws IOException {
    Path file = data.resolve("own/a/orange.JPEG");
    Files.createDirectories(file.getParent());
    assertTrue(ImageIO.write(colour(0xff8000), "jpg", file.toFile()));

    float[] pixels = pixels(PictureFolder.colour(data.resolve("own"), 2, 2), 0);

    assertEquals(1, pixels[0], 0.02);
    assertEquals(0.5, pixels[4], 0.02);
    assertEquals(0, pixels[8], 0.02);
  }

  @Test
  void averagesOverAllThatAPixelCoversWhereItShrinks() throws IOException {
    BufferedImage chess = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 64 * 64; i++) {
      chess.getRaster().setSample(i % 64, i / 64, 0, (i % 64 + i / 64) % 2 * 200);
    }
    write("own/a/chess.png", chess);

    for (float pixel : pixels(PictureFolder.grey(data.resolve("own"), 8, 8), 0)) {
      assertEquals(100 / 255f, pixel, 1.01 / 255);
    }
  }

  @Test
  void leavesOutWhatCannotBeDecodedAndNamesIt() throws IOException {
    write("own/a/good.png", grey(3, 3, 9));
    Path empty = Files.createFile(data.resolve("own/a/empty.png"));
    byte[] whole = Files.readAllBytes(data.resolve("own/a/good.png"));
    Path cut = Files.write(data.resolve("own/a/cut.png"), Arrays.copyOf(whole, 40));
    Path text = Files.writeString(data.resolve("own/a/text.jpg"), "this is no picture");
    Path bomb = Files.write(data.resolve("own/a/x.png"), claims(whole, 100_000, 100_000));

    PictureFolder own = PictureFolder.grey(data.resolve("own"), 2, 2);

    assertEquals(1, own.size());
    assertEquals(List.of("a"), own.classNames());
    assertEquals(List.of(cut, empty, text, bomb), own.skipped());
  }

  @Test
  void readsEveryFormatUnderAnyName() throws IOException {
    BufferedImage light = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_BINARY);
    light.getRaster().setPixels(0, 0, 4, 4, filled(1));
    Path folder = Files.createDirectories(data.resolve("own/a"));
    int files = 0;
    for (String format : List.of("png", "jpeg", "gif", "bmp", "wbmp", "tiff")) {
      byte[] bytes = PictureBytes.of(format.equals("jpeg") ? colour(0xffffff) : light, format);
      String upper = format.toUpperCase(Locale.ROOT);
      for (String name :
          List.of("x." + format, "X." + upper, format, format + ".txt", upper + ".png")) {
        Files.write(folder.resolve(name), bytes);
        files++;
      }
    }

    PictureFolder own = PictureFolder.grey(data.resolve("own"), 4, 4);

    assertEquals(List.of(), own.skipped());
    assertEquals(files, own.size());
    for (int i = 0; i < own.size(); i++) {
      assertEquals(1, pixels(own, i)[5], 0.01, "picture " + i);
    }
  }

  private static int[] filled(int sample) {
    int[] samples = new int[16];
    Arrays.fill(samples, sample);
    return samples;
  }

  @Test
  void listsAllThatItDoesNotReadAndSaysWhy() throws IOException {
    write("own/a/good.png", grey(3, 3, 9));
    Path beside = Files.writeString(data.resolve("own/labels.csv"), "a,1");
    Path document = Files.writeString(data.resolve("own/a/paper.pdf"), "%PDF-1.4");
    Path notes = Files.writeString(data.resolve("own/a/readme.txt"), "of a");
    Path folder = Files.createDirectory(data.resolve("own/a/more"));
    Path link = Files.createSymbolicLink(data.resolve("own/a/link.png"), Path.of("nowhere.png"));

    PictureFolder own = PictureFolder.grey(data.resolve("own"), 2, 2);

    assertEquals(List.of(beside, link, folder, document, notes), own.skipped());
    assertEquals(1, own.size());
    assertTrue(own.reason(beside).contains("found a file beside the folders of the classes"));
    assertTrue(own.reason(link).contains("found no such file"), own.reason(link));
    assertTrue(own.reason(folder).contains("found a folder in that of a class"));
    assertTrue(own.reason(document).contains("unknown format"), own.reason(document));
    assertThrows(IllegalArgumentException.class, () -> own.reason(data.resolve("own/a/good.png")));
  }

  @Test
  void passesOverWhatIsHidden() throws IOException {
    write("own/a/good.png", grey(3, 3, 9));
    write("own/a/.hidden.png", grey(3, 3, 9));
    write("own/.thumbnails/small.png", grey(3, 3, 9));
    for (String left :
        List.of("own/.DS_Store", "own/a/.DS_Store", "own/a/Thumbs.db", "own/a/Desktop.ini")) {
      Files.writeString(data.resolve(left), "left by the system");
    }

    PictureFolder own = PictureFolder.grey(data.resolve("own"), 2, 2);

    assertEquals(List.of(), own.skipped());
    assertEquals(List.of("a"), own.classNames());
    assertEquals(1, own.size());
  }

  @Test
  void leavesOutHalfAPhotographAndTurnsAWholeOneUpright() throws IOException {
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 512; i++) {
      image.setRGB(i % 32, i / 32, 0xffffff);
    }
    byte[] turned = PictureBytes.withExif(PictureBytes.of(image, "jpeg"), 6);
    Path folder = Files.createDirectories(data.resolve("own/a"));
    Files.write(folder.resolve("whole.jpg"), turned);
    Path half = Files.write(folder.resolve("half.jpg"), Arrays.copyOf(turned, turned.length - 20));

    PictureFolder own = PictureFolder.grey(data.resolve("own"), 2, 2);

    assertEquals(List.of(half), own.skipped());
    assertTrue(own.reason(half).contains("a picture that is cut short"), own.reason(half));
    assertArrayEquals(new float[] {0, 1, 0, 1}, pixels(own, 0), 0.2f);
  }

  @Test
  void takesNoMemoryForPixelsThatAreOnlyClaimed() throws IOException {
    write("own/a/good.png", grey(3, 3, 9));
    byte[] whole = Files.readAllBytes(data.resolve("own/a/good.png"));
    Files.write(data.resolve("own/a/huge.png"), claims(whole, 15_000, 15_000));
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    long before = threads.getCurrentThreadAllocatedBytes();
    PictureFolder own = PictureFolder.grey(data.resolve("own"), 2, 2);

    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < 64 << 20, allocated + " bytes allocated");
    assertEquals(List.of(data.resolve("own/a/huge.png")), own.skipped());
  }

  /** ImageIO answers a colour picture that claims a grey profile with an unchecked exception. */
  @Test
  void readsAPictureThatContradictsItsProfile() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(colour(0xffffff), "jpg", out));
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData();
    ByteBuffer bytes = ByteBuffer.allocate(out.size() + 18 + profile.length);
    bytes.put(out.toByteArray(), 0, 20);
    bytes.putShort((short) 0xffe2).putShort((short) (16 + profile.length));
    bytes.put("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.ISO_8859_1)).put(profile);
    bytes.put(out.toByteArray(), 20, out.size() - 20);
    Files.createDirectories(data.resolve("own/a"));
    Files.write(data.resolve("own/a/x.jpg"), bytes.array());

    assertEquals(1, pixels(PictureFolder.grey(data.resolve("own"), 2, 2), 0)[0]);
  }

  @Test
  void neverFailsOnADamagedPictureInAnotherWay() throws IOException {
    BufferedImage noise = new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(2);
    for (int i = 0; i < 400; i++) {
      noise.setRGB(i % 20, i / 20, random.nextInt());
    }
    write("own/a/0.png", noise);
    for (String format : List.of("png", "jpg")) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(noise, format, out);
      for (int round = 1; round <= 200; round++) {
        byte[] bytes = out.toByteArray();
        for (int flips = 0; flips < 3; flips++) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        Files.write(data.resolve("own/a/" + round + "." + format), bytes);
      }
    }

    PictureFolder own = PictureFolder.grey(data.resolve("own"), 8, 8);

    assertEquals(401, own.size() + own.skipped().size());
    assertTrue(own.skipped().size() > 100, own.skipped().size() + " skipped");
  }

  @Test
  void picturesStayInTheirFilesAndOneDamagedSinceIsNamed() throws IOException {
    write("own/a/kept.png", grey(3, 3, 9));
    write("own/a/spoilt.png", grey(3, 3, 9));
    PictureFolder own = PictureFolder.grey(data.resolve("own"), 3, 3);
    assertTrue(own.limit(2).takesLongToRead());
    assertEquals(9 / 255f, pixels(own, 0)[0]);

    Files.delete(data.resolve("own/a/kept.png"));
    Path spoilt = Files.writeString(data.resolve("own/a/spoilt.png"), "no picture");

    assertEquals(9 / 255f, pixels(own, 0)[0], "a picture that was read once is kept");
    var e = assertThrows(DataException.class, () -> pixels(own, 1));
    assertTrue(e.getMessage().startsWith(spoilt + ": found "), e.getMessage());
  }

  @Test
  void takesTheShapeThatSuitsThePictures() throws IOException {
    write("grey/a/1.png", grey(5, 7, 9));
    write("grey/b/1.png", grey(5, 7, 200));
    write("mixed/a/1.png", grey(5, 7, 9));
    write("mixed/a/2.png", colour(0xff8000));
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(grey(5, 7, 9), "jpg", jpeg);
    Files.write(data.resolve("grey/a/2.jpg"), jpeg.toByteArray());
    Path folder = Files.createDirectories(data.resolve("turned/a"));
    byte[] turned = PictureBytes.withExif(PictureBytes.of(grey(5, 7, 9), "jpeg"), 6);
    Files.write(folder.resolve("1.jpg"), turned);

    PictureFolder grey = PictureFolder.of(data.resolve("grey"));
    PictureFolder mixed = PictureFolder.of(data.resolve("mixed"));

    assertEquals(Shape.image(1, 7, 5), grey.shape());
    assertEquals(Shape.image(3, 64, 64), mixed.shape());
    assertEquals(Shape.image(1, 5, 7), PictureFolder.of(data.resolve("turned")).shape());
    assertArrayEquals(pixels(grey, 0), pixels(mixed.shaped(Shape.image(1, 7, 5)), 0));
    Dataset part = mixed.split(0.5, 1).train().shaped(Shape.image(3, 2, 2));
    assertEquals(Shape.image(3, 2, 2), part.shape());
    assertThrows(IllegalArgumentException.class, () -> mixed.shaped(Shape.image(2, 7, 5)));
  }

  /** One square in the upper left of a photograph that is stored on its side. */
  @Test
  void takesFewerPixelsOfALargePhotographAndShowsTheSame() throws IOException {
    BufferedImage image = new BufferedImage(640, 320, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 640 * 320; i++) {
      boolean light = i % 640 < 320 && i / 640 < 160;
      image.setRGB(i % 640, i / 640, light ? 0xf0c040 : 0x203060);
    }
    Path folder = Files.createDirectories(data.resolve("own/a"));
    Files.write(folder.resolve("1.jpg"), PictureBytes.withExif(PictureBytes.of(image, "jpeg"), 6));
    Path plain = Files.createDirectories(data.resolve("same/a"));
    ImageIO.write(upright(image), "png", plain.resolve("1.png").toFile());

    float[] few = pixels(PictureFolder.colour(data.resolve("own"), 8, 4), 0);

    assertArrayEquals(pixels(PictureFolder.colour(data.resolve("same"), 8, 4), 0), few, 0.02f);
  }

  /** Turns a picture by 90 degrees, clockwise. */
  private static BufferedImage upright(BufferedImage stored) {
    BufferedImage turned =
        new BufferedImage(stored.getHeight(), stored.getWidth(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < turned.getHeight(); y++) {
      for (int x = 0; x < turned.getWidth(); x++) {
        turned.setRGB(x, y, stored.getRGB(y, stored.getHeight() - 1 - x));
      }
    }
    return turned;
  }

  @Test
  void refusesAFolderWithoutClasses() throws IOException {
    Files.createDirectory(data.resolve("own"));

    assertRefused("own: found no sub-folders, expected one for each class");
    assertTrue(
        assertThrows(DataException.class, () -> PictureFolder.grey(data.resolve("absent"), 2, 2))
            .getMessage()
            .contains("cannot be read"));
  }

  @Test
  void refusesAClassWithoutAReadablePicture() throws IOException {
    write("own/a/good.png", grey(3, 3, 9));
    Files.createDirectories(data.resolve("own/b"));

    assertRefused("b: found no readable picture, expected PNG, JPEG, GIF, BMP, WBMP or TIFF files");
    Files.createFile(data.resolve("own/b/empty.png"));
    assertRefused("b: found no readable picture");
  }

  @Test
  void readsNotMnistFromItsOfficialLayouts() throws IOException {
    for (String layout : List.of("notMNIST", "notMNIST_small", "notMNIST/notMNIST_small")) {
      Path folder = Files.createDirectories(data.resolve(layout.replace('/', '-')));
      for (int letter = 0; letter < 10; letter++) {
        write(folder, layout + "/" + LETTERS[letter] + "/x.png", grey(28, 28, 20 * letter));
      }
      Files.createFile(
          folder.resolve(layout + "/A/RGVtb2NyYXRpY2FCb2xkT2xkc3R5bGUgQm9sZC50dGY=.png"));

      Dataset test = MnistFolder.NOT_MNIST.test(folder);

      assertEquals(Shape.image(1, 32, 32), test.shape());
      assertEquals("notmnist", test.name());
      assertEquals(10, test.classes());
      assertEquals("J", test.classNames().get(9));
      assertEquals(10, test.size());
      for (int letter = 0; letter < 10; letter++) {
        assertEquals(letter, test.label(letter));
        assertEquals(20 * letter / 255f, pixels(test, letter)[500], 1e-6);
      }
      var e = assertThrows(DataException.class, () -> MnistFolder.NOT_MNIST.train(folder));
      assertTrue(e.getMessage().contains("no train-images-idx3-ubyte"), e.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "notMNIST/notMNIST_small, TEST",
    "notMNIST_small, TEST",
    "notmnist/notMNIST_small, TEST",
    "notMNIST_large, TRAIN"
  })
  void readsTheOfficialArchiveOfNotMnistAsIfItWereUnpacked(String place, Part part)
      throws IOException {
    String official = place.substring(place.lastIndexOf('/') + 1);
    TarBytes archive = new TarBytes().entry(official + "/", '5', 0, new byte[0]);
    Path unpacked = Files.createDirectory(data.resolve("unpacked"));
    for (int letter = 9; letter >= 0; letter--) {
      for (String name : List.of("b", "a=", "c".repeat(120), "B")) {
        String file = official + "/" + LETTERS[letter] + "/" + name + ".png";
        write(unpacked, file, grey(28, 28, 20 * letter + name.charAt(0) % 16));
        byte[] bytes = Files.readAllBytes(unpacked.resolve(file));
        byte[] longName = file.getBytes(StandardCharsets.ISO_8859_1);
        archive.entry("././@LongLink", 'L', longName.length, longName);
        archive.file(file.substring(0, Math.min(file.length(), 100)), bytes);
      }
    }
    archive.file(official + "/A/broken.png", new byte[0]);
    archive.file(official + "/A/._a.png", new byte[3]);
    Path file = data.resolve("packed").resolve(place + ".tar.gz");
    Files.createDirectories(file.getParent());
    Files.write(file, archive.gzip());

    Dataset expected = MnistFolder.NOT_MNIST.read(unpacked, part);
    Dataset packed = MnistFolder.NOT_MNIST.read(data.resolve("packed"), part);

    assertEquals(40, packed.size());
    assertArrayEquals(labels(expected), labels(packed));
    for (int i = 0; i < packed.size(); i++) {
      assertArrayEquals(pixels(expected, i), pixels(packed, i), "picture " + i);
    }
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 900));
    assertThrows(
        DataException.class, () -> MnistFolder.NOT_MNIST.read(data.resolve("packed"), part));
  }

  @Test
  void refusesNotMnistWithoutOneOfItsLetters() throws IOException {
    write("notMNIST/A/x.png", grey(28, 28, 1));

    var e = assertThrows(DataException.class, () -> MnistFolder.NOT_MNIST.test(data));

    assertTrue(e.getMessage().contains(data.resolve("notMNIST/B").toString()), e.getMessage());
  }

  /** A PNG file whose header states another size. */
  private static byte[] claims(byte[] png, int width, int height) {
    ByteBuffer bytes = ByteBuffer.wrap(png.clone());
    bytes.putInt(16, width).putInt(20, height);
    CRC32 checksum = new CRC32();
    checksum.update(bytes.array(), 12, 17);
    bytes.putInt(29, (int) checksum.getValue());
    return bytes.array();
  }

  private void assertRefused(String part) {
    DataException e =
        assertThrows(DataException.class, () -> PictureFolder.colour(data.resolve("own"), 2, 2));
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  private static BufferedImage grey(int width, int height, int value) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < width * height; i++) {
      image.getRaster().setSample(i % width, i / width, 0, value);
    }
    return image;
  }

  private static BufferedImage colour(int rgb) {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 256; i++) {
      image.setRGB(i % 16, i / 16, rgb);
    }
    return image;
  }

  private void write(String name, BufferedImage image) throws IOException {
    write(data, name, image);
  }

  private static void write(Path folder, String name, BufferedImage image) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    assertTrue(ImageIO.write(image, "png", file.toFile()));
  }

  private static float[] pixels(Dataset set, int index) {
    float[] pixels = new float[set.shape().size()];
    set.image(index, pixels, 0);
    return pixels;
  }

  private static int[] labels(Dataset set) {
    int[] labels = new int[set.size()];
    Arrays.setAll(labels, set::label);
    return labels;
  }
}
