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
import io.github.posteriori.annotations.Prior;
import io.github.posteriori.checkpoint.ModuleTensors;
import io.github.posteriori.checkpoint.Safetensors;
import io.github.posteriori.checkpoint.Tensor;
import io.github.posteriori.checkpoint.torch.TorchFile;
import io.github.posteriori.models.BayesLeNetModule;
import io.github.posteriori.networks.Kind;
import io.github.posteriori.networks.ShippedNet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertTest {
  @TempDir Path folder;

  private static Outcome convert(Path in, Path out, String... more) {
    return Outcome.of(
        Stream.concat(
                Stream.of("convert", in.toString(), out.toString(), "--json"), Stream.of(more))
            .toArray(String[]::new));
  }

  private static BayesModule bayesian(int channels, int classes) {
    return ShippedNet.LENET.create(
        Kind.BAYESIAN, channels, classes, ModuleOptions.defaults().withSeed(5));
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
    BayesModule loaded = Loaded.module(out, ModuleOptions.defaults());
    assertSame(tensors, ModuleTensors.of(loaded.parameters()));
    assertEquals(Optional.of(Estimator.LRT), loaded.options().estimator());
    assertEquals(Optional.of(Activation.SOFTPLUS), loaded.options().activation());
    assertEquals(Optional.of(Priors.ofPyTorchBayesianCnn()), loaded.options().priors());
  }

  @Test
  void aPriorThatFollowsTheFanInIsCalledHe() throws IOException {
    Path in = folder.resolve("he.safetensors");
    BayesLeNetModule.create(
            1, 10, ModuleOptions.defaults().withPriors(Priors.defaults().withSigma(Prior.HE)))
        .save(in);
    Outcome outcome = convert(in, folder.resolve("he.pt"));
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals("\"he\"", outcome.json().get("prior_sigma").toString());
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
    ModuleOptions options = Loaded.module(out, ModuleOptions.defaults()).options();
    assertEquals(Optional.of(Estimator.BBB), options.estimator());
    assertEquals(Optional.of(Activation.RELU), options.activation());
    assertEquals(
        Optional.of(Priors.ofPyTorchBayesianCnn().withMu(0.5).withSigma(2)), options.priors());
  }

  static Stream<Arguments> networks() {
    return Stream.of(ShippedNet.values())
        .flatMap(net -> Stream.of(Kind.values()).map(kind -> Arguments.of(net, kind)));
  }

  @ParameterizedTest(name = "{1} {0}")
  @MethodSource("networks")
  void thereAndBackLeavesEveryNetworkAsItWas(ShippedNet net, Kind kind) throws IOException {
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
        ModuleTensors.of(Loaded.module(back, ModuleOptions.defaults()).parameters()));
    assertEquals(-1, Files.mismatch(torch, again));
  }

  /** Exit code, words of the message, tensors of the file, and options. */
  static Stream<Arguments> refusals() {
    Map<String, Tensor> whole = ModuleTensors.of(bayesian(1, 10).parameters());
    Map<String, Tensor> frequentist =
        ModuleTensors.of(
            ShippedNet.LENET
                .create(Kind.FREQUENTIST, 1, 10, ModuleOptions.defaults())
                .parameters());
    Map<String, Tensor> mlp =
        ModuleTensors.of(
            ShippedNet.MLP.create(Kind.FREQUENTIST, 1, 10, ModuleOptions.defaults()).parameters());
    Map<String, Tensor> fewer = new LinkedHashMap<>(whole);
    fewer.remove("fc2.bias_rho");
    return Stream.of(
        Arguments.of(1, "bayesian lenet, but the tensor fc2.bias_rho is missing", fewer, ""),
        Arguments.of(1, "nothing there is called extra", with(whole, "extra", 1), ""),
        Arguments.of(
            1, "F32[6, 1, 5, 5] with any number", with(whole, "conv1.W_mu", 6, 1, 3, 3), ""),
        Arguments.of(
            1,
            "F32[1200, 784] with any number of at least 1 times 784 for dimension 1",
            with(mlp, "fc1.weight", 1200, 1000),
            ""),
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

  private static Map<String, Tensor> renamed(
      Map<String, Tensor> tensors, UnaryOperator<String> renaming) {
    Map<String, Tensor> renamed = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> renamed.put(renaming.apply(name), tensor));
    return renamed;
  }

  private static Map<String, Tensor> weights(Path checkpoint) {
    return ModuleTensors.of(Loaded.module(checkpoint, ModuleOptions.defaults()).parameters());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"module.", "_orig_mod.", "model.", "net.", "module._orig_mod.", "any.thing.else."})
  void takesOffWhatTrainingProgramsPutBeforeEveryName(String prefix) {
    Map<String, Tensor> tensors = ModuleTensors.of(bayesian(1, 10).parameters());
    Path in = torchFile(renamed(tensors, name -> prefix + name));
    Path out = folder.resolve("out.safetensors");
    Outcome outcome = convert(in, out);
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(outcome.out().contains("taken off the names: " + prefix + "\n"), outcome.out());
    assertSame(tensors, weights(out));
  }

  @Test
  void takesOffWhatCompilersPutIntoTheNames() throws IOException {
    Map<String, Tensor> tensors = ModuleTensors.of(bayesian(1, 10).parameters());
    Path in = torchFile(renamed(tensors, name -> "net." + name.replace(".", "._orig_mod.")));
    Path out = folder.resolve("out.safetensors");
    Outcome outcome = convert(in, out);
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals("[\"net.\",\"_orig_mod.\"]", outcome.json().get("taken_off").toString());
    assertSame(tensors, weights(out));
  }

  /** Where a name is there with a wrapper and without, nobody knows which is meant. */
  @Test
  void keepsApartNamesThatDifferByWhatIsTakenOff() {
    Map<String, Tensor> tensors =
        new LinkedHashMap<>(ModuleTensors.of(bayesian(1, 10).parameters()));
    tensors.put("fc1._orig_mod.W_mu", tensors.get("fc1.W_mu"));
    Path out = folder.resolve("out.safetensors");
    assertRefused(
        1, "nothing there is called fc1._orig_mod.W_mu", convert(torchFile(tensors), out));
    tensors.remove("fc1._orig_mod.W_mu");
    tensors.put("fc1.weight_mu", tensors.get("fc1.W_mu"));
    tensors.put("fc1.weight_rho", tensors.get("fc1.W_rho"));
    assertRefused(1, "has for fc1.W_mu two tensors", convert(torchFile(tensors), out));
    assertFalse(Files.exists(out));
  }

  @Test
  void saysWhatAFileHoldsThatIsLikeNoShippedNetwork() {
    Map<String, Tensor> other = new LinkedHashMap<>();
    for (String name : List.of("layer1.0.weight", "layer1.0.bias", "conv1.weight", "fc.bias")) {
      other.put(name, new Tensor(new long[] {2}, new float[2]));
    }
    Outcome outcome = convert(torchFile(other), folder.resolve("out.safetensors"));
    assertRefused(1, "it has 4 tensors (layer1.0.weight F32[2], layer1.0.bias F32[2], ", outcome);
    assertFalse(outcome.err().contains("nearest"), outcome.err());
    assertFalse(outcome.err().contains("damaged"), outcome.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.pth.tar", "a.ckpt", "a.bin", "a.tar", "A.PT", "a.Pth.Tar"})
  void knowsTheSuffixesOfPyTorchAndLetsTheContentsDecide(String name) throws IOException {
    BayesModule module = bayesian(1, 10);
    Path ours = folder.resolve("OURS.SAFETENSORS");
    module.save(ours);
    Path torch = folder.resolve(name);
    Outcome outcome = convert(ours, torch);
    assertEquals(0, outcome.code(), outcome.err());
    Path back = folder.resolve("back.Safetensors");
    outcome = convert(torch, back);
    assertEquals(0, outcome.code(), outcome.err());
    assertSame(ModuleTensors.of(module.parameters()), weights(back));
    // Under the names of each other's formats.
    Path swapped = Files.copy(torch, folder.resolve("torch.safetensors"));
    assertEquals(0, convert(swapped, folder.resolve("b.safetensors")).code());
    swapped = Files.copy(ours, folder.resolve("ours.pt"));
    assertEquals(0, convert(swapped, folder.resolve("c.pt")).code());
    assertRefused(1, "convert it first", evaluate(folder.resolve("torch.safetensors")));
  }

  private static Outcome evaluate(Path checkpoint) {
    return Outcome.of("evaluate", "--checkpoint", checkpoint.toString(), "--dataset", "digits");
  }

  /** What {@code safetensors.torch.save_file(model.state_dict(), path)} writes. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void readsSafetensorsOfOtherPrograms(Kind kind) throws IOException {
    Map<String, Tensor> tensors =
        ModuleTensors.of(
            ShippedNet.LENET.create(kind, 3, 7, ModuleOptions.defaults().withSeed(5)).parameters());
    Path in = folder.resolve("in.safetensors");
    new Safetensors(Map.of("format", "pt"), renamed(tensors, name -> "module." + name)).write(in);
    Path out = folder.resolve("out.safetensors");
    Outcome outcome = convert(in, out, "--net=lenet", "--activation=tanh");
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(7, outcome.json().get("classes").asInt());
    assertSame(tensors, weights(out));
    assertEquals(
        Optional.of(Activation.TANH),
        Loaded.module(out, ModuleOptions.defaults()).options().activation());
    Path torch = folder.resolve("out.pt");
    assertEquals(0, convert(in, torch).code());
    assertSame(tensors, TorchFile.read(torch).tensors());
    assertRefused(2, "a safetensors file has no keys", convert(in, out, "--key=model"));
    assertRefused(1, "make one of it with convert", evaluate(in));
  }

  /** The weights of a transposed convolution have its input channels first. */
  @ParameterizedTest
  @CsvSource({
    "'@Flatten Layer flatten; @Linear(out = Dim.FREE) Layer fc;', fc, '5,384', ''",
    "'@ConvTranspose(out = Dim.FREE, kernel = 3) Layer large;', large, '6,5,3,3', --dim=largeOut=5"
  })
  void readsSizesFromTransposedLayers(String last, String name, String shape, String sizes)
      throws IOException {
    Path net =
        Files.writeString(
            folder.resolve("Net.java"),
            """
            import io.github.posteriori.Layer;
            import io.github.posteriori.annotations.*;

            @BayesModel(channels = Dim.FREE, height = 4, width = 4)
            class Net {
              @ConvTranspose(out = 6, kernel = 2, stride = 2) Layer up;
              @Activate(Activation.RELU) Layer act;
              %s
            }
            """
                .formatted(last));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("up.weight", tensor(3, 6, 2, 2));
    tensors.put("up.bias", tensor(6));
    tensors.put(
        name + ".weight", tensor(Stream.of(shape.split(",")).mapToLong(Long::valueOf).toArray()));
    tensors.put(name + ".bias", tensor(5));
    Path out = folder.resolve("out.safetensors");
    Outcome converted = convert(torchFile(tensors), out, ("--net=" + net + " " + sizes).split(" "));
    assertEquals(0, converted.code(), converted.err());
    assertEquals(3, converted.json().get("channels").asInt());
    assertSame(tensors, weights(out));
    Path back = folder.resolve("back.pt");
    assertEquals(0, convert(out, back).code());
    assertSame(tensors, TorchFile.read(back).tensors());
  }

  private static Tensor tensor(long... shape) {
    float[] values = new float[(int) LongStream.of(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 17 - 8;
    }
    return new Tensor(shape, values);
  }

  @Test
  void writesACheckpointAnew() {
    BayesModule module = bayesian(1, 10);
    Path ours = folder.resolve("ours.safetensors");
    module.save(ours);
    Path out = folder.resolve("out.safetensors");
    assertEquals(0, convert(ours, out).code());
    assertSame(ModuleTensors.of(module.parameters()), weights(out));
    assertRefused(2, "leave them out", convert(ours, out, "--estimator=bbb"));
    assertRefused(2, "leave them out", convert(ours, out, "--key=model"));
  }

  /** A file of two dictionaries of tensors: that of {@code tensors} under both keys. */
  private Path twice(Map<String, Tensor> tensors, String... keys) throws IOException {
    Path once = torchFile(tensors);
    Path file = folder.resolve("twice.pt");
    try (ZipFile zip = new ZipFile(once.toFile());
        ZipOutputStream made = new ZipOutputStream(Files.newOutputStream(file))) {
      for (ZipEntry entry : zip.stream().toList()) {
        byte[] contents = zip.getInputStream(entry).readAllBytes();
        if (entry.getName().endsWith("/data.pkl")) {
          String pickle = new String(contents, StandardCharsets.ISO_8859_1);
          String value = pickle.substring(2, pickle.length() - 1);
          StringBuilder both = new StringBuilder("\u0080\u0002}(");
          for (String key : keys) {
            both.append("X").append((char) key.length()).append("\0\0\0").append(key).append(value);
          }
          contents = both.append("u.").toString().getBytes(StandardCharsets.ISO_8859_1);
        }
        CRC32 checksum = new CRC32();
        checksum.update(contents);
        ZipEntry stored = new ZipEntry(entry.getName());
        stored.setMethod(ZipEntry.STORED);
        stored.setSize(contents.length);
        stored.setCrc(checksum.getValue());
        made.putNextEntry(stored);
        made.write(contents);
      }
    }
    return file;
  }

  @Test
  void takesTheDictionaryOfTensorsThatTheUserNames() throws IOException {
    Map<String, Tensor> tensors = ModuleTensors.of(bayesian(1, 10).parameters());
    Path in = twice(tensors, "model", "ema");
    Path out = folder.resolve("out.safetensors");
    assertRefused(1, "under the keys model, ema, expected one", convert(in, out));
    Outcome outcome = convert(in, out, "--key=ema");
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(outcome.out().contains("found under the key: ema\n"), outcome.out());
    assertEquals("ema", outcome.json().get("key").asText());
    assertSame(tensors, weights(out));
    assertRefused(1, "expected one of model, ema", convert(in, out, "--key=net"));
  }

  /** The library, its name of a parameter, and the names of what it stores besides. */
  static Stream<Arguments> peers() {
    UnaryOperator<String> blitz = name -> name.replace("W_", "weight_");
    UnaryOperator<String> torchbnn =
        name -> name.replace("W_", "weight_").replace("_rho", "_log_sigma");
    UnaryOperator<String> bayesianTorch =
        name ->
            name.replaceFirst("(conv.*)W_(.*)", "$1$2_kernel")
                .replaceFirst("(fc.*)W_(.*)", "$1$2_weight")
                .replaceFirst("bias_(.*)", "$1_bias");
    return Stream.of(
        Arguments.of(
            "blitz",
            blitz,
            List.of("weight_sampler.mu", "weight_sampler.rho", "weight_sampler.eps_w")),
        Arguments.of(
            "bayesian-torch",
            bayesianTorch,
            List.of("eps_kernel", "prior_weight_mu", "prior_weight_sigma", "prior_bias_mu")),
        Arguments.of("torchbnn", torchbnn, List.of("weight_eps", "bias_eps")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("peers")
  void readsTheNamesOfOtherLibrariesOfBayesianLayers(
      String library, UnaryOperator<String> naming, List<String> besides) throws IOException {
    Map<String, Tensor> tensors = ModuleTensors.of(bayesian(1, 10).parameters());
    Map<String, Tensor> theirs = renamed(tensors, name -> "module." + naming.apply(name));
    theirs.replaceAll((name, tensor) -> name.endsWith("log_sigma") ? logSigma(tensor) : tensor);
    besides.forEach(
        name -> theirs.put("module.conv1." + name, new Tensor(new long[] {2}, new float[2])));
    Path out = folder.resolve("out.safetensors");
    Outcome outcome = convert(torchFile(theirs), out);
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(outcome.out().contains("the names of: " + library + "\n"), outcome.out());
    assertTrue(
        outcome.out().contains("left out, since the network has no such weights: module.conv1."),
        outcome.out());
    assertEquals(besides.size(), outcome.json().get("ignored").size());
    Map<String, Tensor> read = weights(out);
    tensors.forEach(
        (name, tensor) ->
            assertArrayEquals(
                tensor.values(),
                read.get(name).values(),
                library.equals("torchbnn") && name.endsWith("rho") ? 1e-5f : 0,
                name));
    Path torch = folder.resolve("back.pt");
    assertEquals(0, convert(out, torch).code());
    assertSame(read, TorchFile.read(torch).tensors());
  }

  /** Returns log(log(1 + exp(rho))). */
  private static Tensor logSigma(Tensor rho) {
    float[] logs = new float[rho.values().length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = (float) Math.log(Math.log1p(Math.exp(rho.values()[i])));
    }
    return new Tensor(rho.shape(), logs);
  }

  @ParameterizedTest
  @CsvSource({"-60, -60", "-5, -4.996627", "0, 0.541325", "4, 54.59815"})
  void rhoOfTorchbnnGivesTheSameSigma(float logSigma, double rho) {
    Map<String, Tensor> theirs =
        renamed(
            ModuleTensors.of(bayesian(1, 10).parameters()),
            name -> name.replace("W_", "weight_").replace("_rho", "_log_sigma"));
    float[] sigmas = new float[10];
    Arrays.fill(sigmas, logSigma);
    theirs.put("fc3.bias_log_sigma", new Tensor(new long[] {10}, sigmas));
    Path out = folder.resolve("out.safetensors");
    Outcome outcome = convert(torchFile(theirs), out);
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(rho, weights(out).get("fc3.bias_rho").values()[3], 1e-5);
    Arrays.fill(sigmas, 100);
    assertRefused(1, "fc3.bias_log_sigma the number 100.0", convert(torchFile(theirs), out));
  }

  private static void assertRefused(int code, String named, Outcome outcome) {
    assertEquals(code, outcome.code(), outcome.err());
    assertTrue(outcome.err().contains(named), outcome.err());
    assertFalse(outcome.err().contains("\tat "), outcome.err());
  }
}
