package io.github.posteriori.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names with other letters than ASCII, in the locale of containers, which has none of them. */
class PosixLocaleTest {
  private static final List<String> NAMES = List.of("Zoë.png", "Ünï.png", "Ünü.png", "写真.png");

  @TempDir Path data;

  /** What the other program prints: class names by their characters, and the order of pictures. */
  public static void main(String[] arguments) {
    PictureFolder folder = PictureFolder.grey(Path.of(arguments[0], "own"), 2, 2);
    System.out.println(
        folder.classNames().stream()
            .map(name -> name.chars().mapToObj(Integer::toHexString).toList().toString())
            .collect(Collectors.joining(" ")));
    float[] pixels = new float[4];
    for (int i = 0; i < folder.size(); i++) {
      folder.image(i, pixels, 0);
      System.out.print(folder.label(i) + ":" + Math.round(pixels[0] * 255) + " ");
    }
    System.out.println(folder.skipped().size());
  }

  @Test
  void pictureFoldersReadTheSameInEveryLocale() throws Exception {
    String encoding = System.getProperty("sun.jnu.encoding");
    assumeTrue(encoding.equals("UTF-8"), () -> "names on this machine are in " + encoding);
    for (String name : List.of("Blüte", "ascii")) {
      Path folder = Files.createDirectories(data.resolve("own").resolve(name));
      for (String file : NAMES) {
        write(folder.resolve(file), 10 * NAMES.indexOf(file));
      }
      Files.writeString(folder.resolve("Übersicht.txt"), "no picture");
    }
    assertEquals(
        List.of("Blüte", "ascii"), PictureFolder.grey(data.resolve("own"), 2, 2).classNames());

    List<String> lines = run("C");

    assertEquals("[42, 6c, fc, 74, 65] [61, 73, 63, 69, 69]", lines.get(0));
    assertEquals("0:0 0:10 0:20 0:30 1:0 1:10 1:20 1:30 2", lines.get(1));
    assertEquals(lines, run("C.UTF-8"));
  }

  private static void write(Path file, int grey) throws IOException {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setPixels(0, 0, 2, 2, new int[] {grey, grey, grey, grey});
    ImageIO.write(image, "png", Files.newOutputStream(file));
  }

  private List<String> run(String locale) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.awt.headless=true",
            "-cp",
            System.getProperty("java.class.path"),
            PosixLocaleTest.class.getName(),
            data.toString());
    builder.environment().put("LC_ALL", locale);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertEquals(0, process.waitFor(), "in locale " + locale);
    return lines;
  }
}
