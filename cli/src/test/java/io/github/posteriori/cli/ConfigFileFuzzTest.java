package io.github.posteriori.cli;

import io.github.posteriori.cli.fuzz.FuzzTarget;
import io.github.posteriori.cli.fuzz.Fuzzer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class ConfigFileFuzzTest {
  private static final String SETTINGS =
      """
      # mine
      net = lenet
      lr=0.007
      epochs: 20
      valid-size \\u0030.5
      record=conv1,\\
        fc1
      data=${sys:user.home}/${env:DATA:-data}
      """;

  @TempDir Path folder;

  @Test
  void readsOrRefusesWhateverTheBytes() {
    Path file = folder.resolve("config.properties");
    Fuzzer.run(
        new FuzzTarget(
                "configuration",
                file,
                List.of(SETTINGS.getBytes(StandardCharsets.UTF_8)),
                Integer.MAX_VALUE,
                ParameterException.class,
                () -> new CommandLine(new TrainCommand()).parseArgs("--config", file.toString()))
            // A value that does not fit is refused like one that a user types, by its option.
            .naming(""));
  }
}
