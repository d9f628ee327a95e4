package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every set by its name on the command line, read from made-up files or asked of the network. */
class DataSetsTest {
  private static final int IMAGES = 40;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "mnist,10,1,default,256,10.0,2,false",
    "fashion,10,1,default,256,10.0,2,false",
    "notmnist,10,1,default,256,10.0,2,false",
    "cifar10,10,3,default,128,0.0,2,true",
    "cifar10,10,3,original,256,10.0,0,true",
    "cifar100,100,3,original,256,10.0,0,true",
    "splitmnist-2.2,5,1,original,256,10.0,0,false",
    "splitmnist-5.3,2,1,default,256,10.0,2,false",
  })
  void everySetTrainsByItsName(
      String dataset,
      int classes,
      int channels,
      String recipe,
      int batch,
      double rotation,
      int shift,
      boolean flip)
      throws IOException {
    writeAll();
    Path out = folder.resolve("run");
    Outcome outcome =
        train(dataset, "--recipe", recipe, "--epochs", "1", "--out", out.toString(), "--offline");

    assertEquals(0, outcome.code, outcome.err);
    JsonNode config = Runs.config(out);
    assertEquals(dataset, config.get("dataset").asText());
    assertEquals(batch, config.get("batch").asInt());
    assertEquals(rotation, config.get("rotation").asDouble());
    assertEquals(shift, config.get("shift").asInt());
    assertEquals(flip, config.get("flip").asBoolean());
    String checkpoint =
        new String(
            Files.readAllBytes(out.resolve("best.safetensors")), StandardCharsets.ISO_8859_1);
    String start = "\"conv1.W_mu\":{\"dtype\":\"F32\",\"shape\":[6," + channels + ",5,5]";
    assertTrue(checkpoint.contains(start), checkpoint.substring(0, 3000));
    assertTrue(
        checkpoint.contains("\"fc3.W_mu\":{\"dtype\":\"F32\",\"shape\":[" + classes + ",84]"),
        checkpoint.substring(0, 3000));
  }

  @ParameterizedTest
  @CsvSource({
    "cifar,cifar10",
    "MNIST,mnist",
    "minst,mnist",
    "fashon,fashion",
    "splitmnist-5.6,splitmnist-5.1",
    "splitmnist,splitmnist-2.1",
    "photographs,",
  })
  void anUnknownSetIsAnsweredByThoseThatThereAreAndTheLikelyOne(String dataset, String likely) {
    Outcome outcome = train(dataset, "--out", folder.resolve("run").toString());

    assertEquals(2, outcome.code);
    String expected =
        "dataset is '"
            + dataset
            + "', expected one of [digits, letters, mnist, fashion, notmnist, cifar10, cifar100,"
            + " splitmnist-2.1, splitmnist-2.2, splitmnist-5.1, splitmnist-5.2, splitmnist-5.3,"
            + " splitmnist-5.4, splitmnist-5.5]";
    assertTrue(outcome.err.contains(expected), outcome.err);
    assertEquals(likely != null, outcome.err.contains("did you mean"), outcome.err);
    assertTrue(likely == null || outcome.err.contains("did you mean " + likely), outcome.err);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mnist", "fashion", "cifar10", "cifar100", "splitmnist-2.1"})
  void offlineNothingIsAskedOfTheNetworkAndTheErrorSaysWhatToPutWhere(String dataset)
      throws IOException {
    List<URI> asked = new ArrayList<>();
    Outcome outcome = behind(asked, () -> train(dataset, "--offline"));

    assertEquals(1, outcome.code);
    assertEquals(List.of(), asked);
    assertTrue(outcome.err.contains("expected "), outcome.err);
    assertTrue(outcome.err.contains("Put "), outcome.err);
    assertTrue(outcome.err.contains(", from http"), outcome.err);
  }

  @Test
  void aMissingSetIsAskedOfItsOfficialServer() throws IOException {
    List<URI> asked = Collections.synchronizedList(new ArrayList<>());
    Outcome outcome = behind(asked, () -> train("fashion"));

    assertEquals(1, outcome.code);
    String source =
        "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/train-images-idx3-ubyte.gz";
    assertEquals(List.of(URI.create(source)), asked);
    assertTrue(outcome.err.contains(source + ": found the answer HTTP 404"), outcome.err);
    assertTrue(
        outcome.err.contains(
            folder.resolve("FashionMNIST").resolve("train-labels-idx1-ubyte.gz").toString()),
        outcome.err);
    assertFalse(outcome.err.contains("\tat "), outcome.err);
  }

  @Test
  void aSetThatIsThereIsNotAskedOfTheNetwork() throws IOException {
    writeAll();
    List<URI> asked = new ArrayList<>();
    Outcome outcome =
        behind(
            asked,
            () -> train("fashion", "--epochs", "1", "--out", folder.resolve("run").toString()));

    assertEquals(0, outcome.code, outcome.err);
    assertEquals(List.of(), asked);
  }

  @ParameterizedTest
  @CsvSource({"mnist,notmnist", "notmnist,mnist", "fashion,notmnist", "cifar10,cifar100"})
  void aSetIsComparedWithAnotherOfItsShape(String dataset, String other) throws IOException {
    writeAll();
    Path out = folder.resolve("run");
    train(dataset, "--epochs", "1", "--out", out.toString(), "--offline");
    String checkpoint = out.resolve("best.safetensors").toString();
    Outcome outcome =
        run("uncertainty", dataset, "--checkpoint", checkpoint, "--samples", "2", "--offline");

    assertEquals(0, outcome.code, outcome.err);
    assertTrue(Files.exists(out.resolve("uncertainty-" + dataset + "-" + other + ".csv")));
  }

  private record Outcome(int code, String err) {}

  /** A command, run where the only network is a proxy that knows no file. */
  @FunctionalInterface
  private interface Command {
    Outcome run();
  }

  private static Outcome behind(List<URI> asked, Command command) throws IOException {
    HttpServer proxy =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    proxy.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI());
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    proxy.start();
    ProxySelector usual = ProxySelector.getDefault();
    ProxySelector.setDefault(ProxySelector.of(proxy.getAddress()));
    try {
      return command.run();
    } finally {
      ProxySelector.setDefault(usual);
      proxy.stop(0);
    }
  }

  private Outcome train(String dataset, String... more) {
    return run("train", dataset, more);
  }

  private Outcome run(String command, String dataset, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of(command, "--dataset", dataset, "--data", folder.toString()));
    arguments.addAll(Arrays.asList(more));
    PrintStream err = System.err;
    PrintStream out = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    System.setOut(new PrintStream(new ByteArrayOutputStream()));
    try {
      int code = Main.run(arguments.toArray(String[]::new));
      return new Outcome(code, bytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setErr(err);
      System.setOut(out);
    }
  }

  private void writeAll() throws IOException {
    for (String set : List.of("MNIST", "FashionMNIST", "notMNIST")) {
      for (String part : List.of("train", "t10k")) {
        ByteBuffer images = ByteBuffer.allocate(16 + IMAGES * 784);
        images.putInt(0x803).putInt(IMAGES).putInt(28).putInt(28);
        write(set + "/" + part + "-images-idx3-ubyte", images.array());
        ByteBuffer labels = ByteBuffer.allocate(8 + IMAGES).putInt(0x801).putInt(IMAGES);
        for (int i = 0; i < IMAGES; i++) {
          labels.put((byte) (i % 10));
        }
        write(set + "/" + part + "-labels-idx1-ubyte", labels.array());
      }
    }
    for (String part :
        List.of(
            "data_batch_1",
            "data_batch_2",
            "data_batch_3",
            "data_batch_4",
            "data_batch_5",
            "test_batch")) {
      write("cifar-10-batches-bin/" + part + ".bin", new byte[IMAGES * 3073]);
    }
    for (String part : List.of("train", "test")) {
      write("cifar-100-binary/" + part + ".bin", new byte[IMAGES * 3074]);
    }
  }

  private void write(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }
}
