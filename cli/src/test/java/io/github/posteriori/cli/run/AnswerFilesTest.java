package io.github.posteriori.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriori.uncertainty.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerFilesTest {
  @TempDir private Path folder;

  @Test
  void quotesANameThatWouldBeTakenForSeveralCells() throws IOException {
    List<Answer> answers = List.of(new Answer(0, 1, 0.5), new Answer(2, 2, 0.75));
    new AnswerFiles("photos", List.of("cats, dogs", "the \"rest\"", "Ünï"), answers)
        .write(OutputFolder.open(folder));
    assertEquals(
        List.of(
            "index,label,predicted,confidence,correct",
            "0,\"cats, dogs\",\"the \"\"rest\"\"\",0.5,0",
            "1,Ünï,Ünï,0.75,1"),
        Files.readAllLines(folder.resolve("predictions.csv")));
  }
}
