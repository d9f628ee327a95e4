package io.github.posteriori.examples;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SparkPipelineTest {

  @Test
  void learnsPicturesAndShowsItsDoubts() throws Exception {
    List<Path> drawn = DrawnPictures.write(600);
    Path model = drawn.get(1);
    Printed printed =
        Printed.by(
            () -> SparkPipeline.main(new String[] {drawn.get(0).toString(), model.toString()}));

    assertTrue(printed.number("accuracy") > 0.5, printed.out());
    assertTrue(printed.out().contains("|mutualInformation"), printed.out());
    assertTrue(Files.isDirectory(model.resolve("stages")), printed.out());
  }

  @Test
  void saysWhatItExpects() {
    assertThrows(
        IllegalArgumentException.class, () -> SparkPipeline.main(new String[] {"pictures"}));
  }
}
