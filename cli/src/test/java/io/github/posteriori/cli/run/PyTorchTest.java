package io.github.posteriori.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.posteriori.ModuleOptions;
import io.github.posteriori.cli.Loaded;
import io.github.posteriori.networks.Kind;
import io.github.posteriori.networks.ShippedNet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What PyTorch itself makes of files written here. */
class PyTorchTest {
  /** Reads safetensors by hand, as the format is described, and a .pt without running code. */
  private static final String COMPARE =
      """
      import json, struct, sys, torch
      data = open(sys.argv[1], "rb").read()
      length = struct.unpack("<Q", data[:8])[0]
      header = json.loads(data[8 : 8 + length])
      header.pop("__metadata__")
      ours = {}
      for name, tensor in header.items():
          begin, end = (8 + length + offset for offset in tensor["data_offsets"])
          floats = struct.unpack("<%df" % ((end - begin) // 4), data[begin:end])
          ours[name] = torch.tensor(floats).reshape(tensor["shape"])
      theirs = torch.load(sys.argv[2], weights_only=True)
      assert type(theirs).__name__ == "OrderedDict" and len(theirs) == len(ours)
      for a, b in zip(ours.values(), theirs.values()):
          assert b.is_contiguous() and torch.equal(a, b)
      print(" ".join(theirs))
      """;

  /** Saves again what it loads, in the format before 1.6. */
  private static final String SAVE_AGAIN =
      """
      import sys, torch
      tensors = torch.load(sys.argv[1], weights_only=True)
      torch.save(tensors, sys.argv[2], _use_new_zipfile_serialization=False)
      """;

  private static Optional<String> python;

  @TempDir Path folder;

  @BeforeAll
  static void findPython() {
    python =
        Stream.of("/usr/bin/python3", "python3")
            .filter(candidate -> works(candidate, "-c", "import torch"))
            .findFirst();
  }

  private static boolean works(String... command) {
    try {
      return start(command).waitFor() == 0;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  private static Process start(String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("OMP_NUM_THREADS", "1");
    return builder.start();
  }

  private String run(String script, Path... files) throws Exception {
    assumeTrue(python.isPresent(), "needs a python3 that has PyTorch");
    Path file = Files.writeString(folder.resolve("script.py"), script);
    Process process =
        start(
            Stream.concat(
                    Stream.of(python.get(), file.toString()), Stream.of(files).map(Path::toString))
                .toArray(String[]::new));
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(true, process.waitFor(60, TimeUnit.SECONDS), "PyTorch does not end");
    assertEquals(0, process.exitValue(), output);
    return output.strip();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void readsEqualNumbersFromBothFormats(Kind kind) throws Exception {
    Path safetensors = folder.resolve("net.safetensors");
    Path torch = folder.resolve("net.pt");
    ShippedNet.ALEXNET.create(kind, 3, 10, ModuleOptions.defaults().withSeed(3)).save(safetensors);
    Conversion.fromCheckpoint(safetensors, Optional.empty(), Loaded.networks()).toTorch(torch);
    assertEquals(
        String.join(
            " ", TorchLayout.of(ShippedNet.ALEXNET.definition(kind), Map.of()).tensors().values()),
        run(COMPARE, safetensors, torch));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whatItSavesAgainComesBackTheSame(Kind kind) throws Exception {
    List<Path> files =
        Stream.of("a.safetensors", "a.pt", "b.pth", "b.safetensors").map(folder::resolve).toList();
    ModuleOptions options =
        Conversion.fromCheckpoint(saved(files.get(0), kind), Optional.empty(), Loaded.networks())
            .module()
            .options();
    Conversion.fromCheckpoint(files.get(0), Optional.empty(), Loaded.networks())
        .toTorch(files.get(1));
    run(SAVE_AGAIN, files.get(1), files.get(2));
    Conversion.fromWeights(files.get(2), List.of(), Map.of(), Optional.empty(), options)
        .toSafetensors(files.get(3));
    assertEquals(-1, Files.mismatch(files.get(0), files.get(3)));
  }

  private static Path saved(Path file, Kind kind) {
    new Conversion(
            ShippedNet.LENET.definition(kind),
            ShippedNet.LENET.create(
                kind, 1, 10, Conversion.options(kind, ModuleOptions.defaults())),
            FoundWeights.OWN)
        .toSafetensors(file);
    return file;
  }
}
