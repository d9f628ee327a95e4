package io.github.posteriori.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnPicturesTest {

  @Test
  void learnsFromAFolderAndSaysWhatNewPicturesAre(@TempDir Path folder) throws Exception {
    Path pictures = Colours.write(folder.resolve("pictures"));
    Files.writeString(pictures.resolve("red/broken.png"), "no picture");
    Path model = folder.resolve("model");
    Path blue = Colours.picture(folder.resolve("sky.png"), 0x0000c8, 50);
    Path red = Colours.picture(folder.resolve("rose.png"), 0xc80000, 50);

    Printed printed =
        Printed.by(
            () ->
                OwnPictures.main(
                    new String[] {
                      pictures.toString(),
                      model.toString(),
                      blue.toString(),
                      folder.resolve("absent.png").toString(),
                      red.toString()
                    }));

    assertTrue(printed.number("held out: accuracy") > 0.9, printed.out());
    assertTrue(printed.number("sky.png: blue, probability") > 0.5, printed.out());
    assertTrue(printed.number("rose.png: red, probability") > 0.5, printed.out());
    assertEquals(
        List.of("blue", "red"),
        PictureNetModule.load(model.resolve("net.safetensors")).classNames());
    assertTrue(printed.err().contains("left out 1 of 161"), printed.err());
    assertTrue(printed.err().contains("absent.png: found no such file"), printed.err());
  }

  @Test
  void drawsItsPicturesItselfWhereItGetsNone() throws Exception {
    Printed printed = Printed.by(() -> OwnPictures.main(new String[0]));

    assertTrue(printed.number("held out: accuracy") > 0.7, printed.out());
    assertTrue(printed.out().contains("digit.png: "), printed.out());
    assertTrue(printed.out().contains("letter.png: "), printed.out());
  }

  @Test
  void asksForAFolderToKeepTheNetworkIn() {
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> OwnPictures.main(new String[] {"pictures"}))
            .getMessage();

    assertTrue(message.contains("PICTURES MODEL PICTURE..."), message);
  }
}
