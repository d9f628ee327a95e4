package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.posteriori.BayesModule;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Priors;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.checkpoint.ModuleTensors;
import io.github.posteriori.checkpoint.Tensor;
import io.github.posteriori.checkpoint.torch.TorchFile;
import io.github.posteriori.cli.run.Net;
import io.github.posteriori.cli.run.Net.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConvertTest {
  @TempDir Path folder;

  private static Outcome convert(Path in, Path out, String... more) {
    return Outcome.of(
        Stream.concat(
                Stream.of("convert", in.toString(), out.toString(), "--json"), Stream.of(more))
            .toArray(String[]::new));
  }

  private static BayesModule bayesian(int channels, int classes) {
    return Net.LENET.create(Kind.BAYESIAN, channels, classes, ModuleOptions.defaults().withSeed(5));
  }

  private Path torchFile(Map<String, Tensor> tensors) {
    Path file = folder.resolve("in.pt");
    TorchFile.write(tensors, file);
    return file;
  }

  private static void assertSame(Map<String, Tensor> expected, Map<String, Tensor> found) {
    assertEquals(List.copyOf(expected.keySet()), List.copyOf(found.keySet()));
    expected.forEach(
        (name, tensor) -> {
          assertArrayEquals(tensor.shape(), found.get(name).shape(), name);
          assertArrayEquals(tensor.values(), found.get(name).values(), name);
        });
  }

  @Test
  void readsChannelsAndClassesFromTheShapes() throws IOException {
    Map<String, Tensor> tensors = ModuleTensors.of(bayesian(3, 7).parameters());
    Path out = folder.resolve("out.safetensors");
    Outcome outcome = convert(torchFile(tensors), out);
    assertEquals(0, outcome.code(), outcome.err());
    JsonNode json = outcome.json();
    assertEquals("lenet", json.get("net").asText());
    assertEquals("bayesian", json.get("kind").asText());
    assertEquals(3, json.get("channels").asInt());
    assertEquals(7, json.get("classes").asInt());
    assertEquals(20, json.get("tensors").asInt());
    assertTrue(outcome.out().contains("LRT, SOFTPLUS and N(0.0, 0.1^2)"), outcome.out());
    BayesModule loaded = Net.load(out, ModuleOptions.defaults());
    assertSame(tensors, ModuleTensors.of(loaded.parameters()));
    assertEquals(Optional.of(Estimator.LRT), loaded.options().estimator());
    assertEquals(Optional.of(Activation.SOFTPLUS), loaded.options().activation());
    assertEquals(Optional.of(Priors.ofPyTorchBayesianCnn()), loaded.options().priors());
  }

  @Test
  void storesWhatTheUserStates() {
    Path out = folder.resolve("out.safetensors");
    Outcome outcome =
        convert(
            torchFile(ModuleTensors.of(bayesian(1, 10).parameters())),
            out,
            "--net=lenet",
            "--estimator=bbb",
            "--activation=relu",
            "--prior-mu=0.5",
            "--prior-sigma=2");
    assertEquals(0, outcome.code(), outcome.err());
    ModuleOptions options = Net.load(out, ModuleOptions.defaults()).options();
    assertEquals(Optional.of(Estimator.BBB), options.estimator());
    assertEquals(Optional.of(Activation.RELU), options.activation());
    assertEquals(
        Optional.of(Priors.ofPyTorchBayesianCnn().withMu(0.5).withSigma(2)), options.priors());
  }

  static Stream<Arguments> networks() {
    return Stream.of(Net.values())
        .flatMap(net -> Stream.of(Kind.values()).map(kind -> Arguments.of(net, kind)));
  }

  @ParameterizedTest(name = "{1} {0}")
  @MethodSource("networks")
  void thereAndBackLeavesEveryNetworkAsItWas(Net net, Kind kind) throws IOException {
    BayesModule module = net.create(kind, 2, 3, ModuleOptions.defaults().withSeed(5));
    Path ours = folder.resolve("ours.safetensors");
    Path torch = folder.resolve("torch.pth");
    Path back = folder.resolve("back.safetensors");
    Path again = folder.resolve("again.pt");
    module.save(ours);
    assertEquals(0, convert(ours, torch).code());
    Outcome outcome = convert(torch, back);
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(net.toString(), outcome.json().get("net").asText());
    assertEquals(kind.toString(), outcome.json().get("kind").asText());
    assertEquals(0, convert(back, again).code());
    assertSame(
        ModuleTensors.of(module.parameters()),
        ModuleTensors.of(Net.load(back, ModuleOptions.defaults()).parameters()));
    assertEquals(-1, Files.mismatch(torch, again));
  }

  /** Exit code, words of the message, tensors of the file, and options. */
  static Stream<Arguments> refusals() {
    Map<String, Tensor> whole = ModuleTensors.of(bayesian(1, 10).parameters());
    Map<String, Tensor> frequentist =
        ModuleTensors.of(
            Net.LENET.create(Kind.FREQUENTIST, 1, 10, ModuleOptions.defaults()).parameters());
    Map<String, Tensor> fewer = new LinkedHashMap<>(whole);
    fewer.remove("fc2.bias_rho");
    return Stream.of(
        Arguments.of(1, "bayesian lenet, but the tensor fc2.bias_rho is missing", fewer, ""),
        Arguments.of(1, "nothing there is called extra", with(whole, "extra", 1), ""),
        Arguments.of(
            1, "F32[6, 1, 5, 5] with any number", with(whole, "conv1.W_mu", 6, 1, 3, 3), ""),
        Arguments.of(1, "conv1.W_mu F32[6]", with(whole, "conv1.W_mu", 6), ""),
        Arguments.of(1, "F32[0, 84]", with(whole, "fc3.W_mu", 0, 84), ""),
        Arguments.of(1, "F32[1, 200000, 1, 1]", with(whole, "conv1.W_mu", 1, 200_000, 1, 1), ""),
        Arguments.of(1, "fc1.W_rho F32[2]", with(whole, "fc1.W_rho", 2), ""),
        Arguments.of(1, "holds no alexnet", whole, "--net=alexnet"),
        Arguments.of(2, "net is 'abacus'", whole, "--net=abacus"),
        Arguments.of(2, "sigma is 0.0", whole, "--prior-sigma=0"),
        Arguments.of(2, "has no posterior", frequentist, "--estimator=bbb"),
        Arguments.of(2, "has no posterior", frequentist, "--prior-mu=0"));
  }

  private static Map<String, Tensor> with(Map<String, Tensor> whole, String name, long... shape) {
    int length = 1;
    for (long size : shape) {
      length *= (int) size;
    }
    Map<String, Tensor> changed = new LinkedHashMap<>(whole);
    changed.put(name, new Tensor(shape, new float[length]));
    return changed;
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("refusals")
  void aFileThatIsNoSuchNetworkIsRefusedAndNothingWritten(
      int code, String named, Map<String, Tensor> tensors, String option) {
    Path out = folder.resolve("out.safetensors");
    Outcome outcome =
        option.isEmpty()
            ? convert(torchFile(tensors), out)
            : convert(torchFile(tensors), out, option);
    assertEquals(code, outcome.code(), outcome.err());
    assertTrue(outcome.err().contains(named), outcome.err());
    assertFalse(Files.exists(out));
  }

  @Test
  void theFilesMustBeOneOfEachFormatAndTwo() throws IOException {
    Path in = torchFile(ModuleTensors.of(bayesian(1, 10).parameters()));
    byte[] before = Files.readAllBytes(in);
    assertRefused(2, "expected one .safetensors", convert(in, folder.resolve("out.pth")));
    assertRefused(2, "tells no format", convert(in, folder.resolve("out.onnx")));
    Path link = Files.createLink(folder.resolve("link.safetensors"), in);
    assertRefused(2, "which is IN by another name", convert(in, link));
    assertArrayEquals(before, Files.readAllBytes(in));
    Path absent = folder.resolve("absent.pt");
    assertRefused(1, "absent.pt", convert(absent, folder.resolve("out.safetensors")));
    assertRefused(
        1, "choose a folder", convert(in, folder.resolve("absent").resolve("out.safetensors")));
  }

  @Test
  void whatACheckpointStoresMayNotBeStated() {
    Path ours = folder.resolve("ours.safetensors");
    bayesian(1, 10).save(ours);
    Path out = folder.resolve("out.pt");
    assertRefused(2, "leave them out", convert(ours, out, "--activation=relu"));
    assertRefused(1, "holds lenet, expected 3conv3fc", convert(ours, out, "--net=3conv3fc"));
    assertFalse(Files.exists(out));
  }

  private static void assertRefused(int code, String named, Outcome outcome) {
    assertEquals(code, outcome.code(), outcome.err());
    assertTrue(outcome.err().contains(named), outcome.err());
    assertFalse(outcome.err().contains("\tat "), outcome.err());
  }
}
