package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.checkpoint.TrainingFile;
import io.github.posteriori.engine.OptimiserState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** IVON on the command line. */
class IvonOptionsTest {
  @TempDir Path folder;

  private static Outcome train(Path run, String... more) {
    return Runs.train("--optimiser ivon --limit 200 --batch 64", run, more);
  }

  @Test
  void aRunDrawsWeightsUnlessToldOtherwiseAndItsConfigurationRepeatsIt() throws IOException {
    Path first = folder.resolve("first");
    Outcome trained =
        train(first, "--epochs", "1", "--hessian", "0.02", "--hessian-decay", "0.999");
    assertEquals(0, trained.code(), trained.err());
    assertTrue(trained.err().contains("bayesian lenet, BBB, IVON, beta 0.006"), trained.err());
    assertEquals("BBB", Runs.config(first).get("estimator").asText());
    assertEquals(0.02, Runs.config(first).get("hessian").asDouble());
    assertEquals(0.999, Runs.config(first).get("hessianDecay").asDouble());
    assertEquals(0.2, Runs.config(first).get("lr").asDouble());
    Path second = folder.resolve("second");
    Outcome repeated =
        Outcome.of(
            "train",
            "--config",
            first.resolve("config.properties").toString(),
            "--out",
            second.toString());
    assertEquals(0, repeated.code(), repeated.err());
    for (String file : List.of("best.safetensors", "config.json")) {
      assertArrayEquals(
          Files.readAllBytes(first.resolve(file)), Files.readAllBytes(second.resolve(file)), file);
    }
    OptimiserState state = TrainingFile.read(first.resolve("optimiser-1.safetensors")).optimiser();
    assertEquals(Set.of("momentum", "hessian"), state.slots().get("conv1.W_mu").keySet());
  }

  @Test
  void anotherEstimatorIsTaken() throws IOException {
    Path run = folder.resolve("run");
    Outcome trained = train(run, "--epochs", "1", "--estimator", "lrt");
    assertEquals(0, trained.code(), trained.err());
    assertEquals("LRT", Runs.config(run).get("estimator").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--rho=-4 | rho is -4.0, expected none with --optimiser ivon",
        "--from=x.safetensors --moped=0.1 | moped is 0.1, expected none with --optimiser ivon",
        "--beta=soenderby | beta is soenderby, expected a number above 0",
        "--beta=0 | beta is 0, expected a number above 0",
        "--estimator=point | optimiser is ivon, which learns posteriors, but the estimator is"
            + " point",
        "--kind=frequentist | optimiser is ivon, which learns posteriors, but the estimator is"
            + " point",
        "--optimiser=adam --hessian=0.1 | hessian is 0.1, where the curvature of ivon starts",
        "--hessian=0 | hessian is 0.0, expected a number above 0",
        "--optimiser=adam --hessian-decay=0.9 | hessian-decay is 0.9, the share of the curvature",
        "--hessian-decay=1 | hessianDecay is 1.0, expected at least 0 and below 1"
      })
  void whatIvonCannotUseIsRefusedBeforeAFileIsTouched(String options, String message) {
    Path run = folder.resolve("run");
    List<String> given = new ArrayList<>(Arrays.asList(options.split(" ")));
    List<String> arguments = new ArrayList<>(List.of("train", "--limit", "200", "--out"));
    arguments.add(run.toString());
    if (!options.contains("--optimiser")) {
      given.add("--optimiser=ivon");
    }
    arguments.addAll(given);
    Outcome refused = Outcome.of(arguments.toArray(String[]::new));
    assertTrue(refused.code() != 0);
    assertTrue(refused.err().contains(message), refused.err());
    assertTrue(Files.notExists(run));
  }
}
