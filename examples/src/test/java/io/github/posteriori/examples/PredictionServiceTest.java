package io.github.posteriori.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionServiceTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @TempDir static Path folder;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static Path model;
  private static Path red;
  private static PredictionService service;

  @BeforeAll
  static void start() throws Exception {
    model = folder.resolve("model");
    Path pictures = Colours.write(folder.resolve("pictures"));
    Printed.by(() -> OwnPictures.train(pictures, model));
    red = Colours.picture(folder.resolve("rose.png"), 0xc80000, 50);
    service = new PredictionService(model, ANY_PORT);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void saysWhatAPictureIsAndHowSureItIs() throws Exception {
    HttpResponse<String> response = post(BodyPublishers.ofFile(red));

    assertEquals(200, response.statusCode(), response.body());
    assertEquals("application/json", response.headers().firstValue("Content-Type").orElse(""));
    JsonNode answer = json(response);
    double p = answer.get("probability").asDouble();
    assertEquals("red", answer.get("class").asText());
    assertTrue(p > 0.5 && p <= 1, response.body());
    // Of two classes each has the variance p - p^2, which the two parts add up to.
    double parts = answer.get("epistemic").asDouble() + answer.get("aleatoric").asDouble();
    assertEquals(2 * (p - p * p), parts, 1e-6);
  }

  @Test
  void saysThatItIsWell() throws Exception {
    HttpResponse<String> response = send(request("/health").GET().build());

    assertEquals(200, response.statusCode());
    assertEquals("ok", json(response).get("status").asText());
  }

  @Test
  void refusesWhatIsNoPicture() throws Exception {
    assertRefused(400, post(BodyPublishers.ofString("no picture")), "10 bytes");
    assertRefused(400, post(BodyPublishers.noBody()), "0 bytes");
    assertRefused(400, post(BodyPublishers.ofByteArray(half(red))), "do not read as a picture");
  }

  @Test
  void refusesMoreThanAMebibyte() throws Exception {
    assertRefused(413, post(BodyPublishers.ofByteArray(new byte[(1 << 20) + 1])), "1048577 bytes");
    assertRefused(413, post(BodyPublishers.ofByteArray(new byte[20 << 20])), "20971520 bytes");
    assertRefused(400, post(BodyPublishers.ofByteArray(new byte[1 << 20])), "1048576 bytes");
  }

  @Test
  void refusesWhatItDoesNotServe() throws Exception {
    assertRefused(405, send(request("/predict").GET().build()), "GET /predict");
    assertRefused(405, send(request("/health").DELETE().build()), "DELETE /health");
    assertRefused(404, send(request("/predict/red").GET().build()), "GET /predict/red");
  }

  @Test
  void outlivesWhatIsNoHttp() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
      socket.getOutputStream().write("\0\1\2 no HTTP\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
      socket.getOutputStream().write(head(1000)); // and hangs up
    }

    saysThatItIsWell();
  }

  @Test
  void answersEightClientsAtOnceAsItAnswersOne() throws Exception {
    JsonNode alone = json(post(BodyPublishers.ofFile(red)));
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      HttpClient client = HttpClient.newHttpClient();
      for (int j = 0; j < 5; j++) {
        HttpRequest picture = request("/predict").POST(BodyPublishers.ofFile(red)).build();
        answers.add(client.sendAsync(picture, BodyHandlers.ofString()));
      }
    }

    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      assertEquals(alone, json(answer.get(60, TimeUnit.SECONDS)));
    }
  }

  @Test
  void stopsOnceTheRequestsUnderWayAreAnswered() throws Exception {
    PredictionService stopping = new PredictionService(model, ANY_PORT);
    byte[] picture = Files.readAllBytes(red);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), stopping.port())) {
      socket.getOutputStream().write(head(picture.length));
      socket.getOutputStream().write(picture, 0, 10);
      Thread.sleep(200);
      CompletableFuture<Void> stop = CompletableFuture.runAsync(stopping::close);
      Thread.sleep(200);
      assertFalse(stop.isDone());
      socket.getOutputStream().write(picture, 10, picture.length - 10);

      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      assertEquals("HTTP/1.1 200 OK", reader.readLine());
      stop.get(10, TimeUnit.SECONDS);
    }

    assertThrows(
        ConnectException.class,
        () -> new Socket(InetAddress.getLoopbackAddress(), stopping.port()).close());
  }

  @Test
  void runsAsAProgramUntilItIsToldToEnd() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                PredictionService.class.getName(),
                "0",
                model.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (InputStream out = process.getInputStream()) {
      String line = new BufferedReader(new InputStreamReader(out)).readLine();
      assertTrue(line.matches("listening on http://127.0.0.1:[1-9]\\d*, .*"), line);
      URI health = URI.create(line.replaceAll(".*(http:[^,]*).*", "$1/health"));

      assertEquals(200, send(HttpRequest.newBuilder(health).build()).statusCode());
    } finally {
      process.destroy();
    }
    assertTrue(process.waitFor(10, TimeUnit.SECONDS));
  }

  private static void assertRefused(int status, HttpResponse<String> response, String found)
      throws IOException {
    assertEquals(status, response.statusCode(), response.body());
    JsonNode refusal = json(response);
    assertTrue(refusal.get("found").asText().contains(found), response.body());
    assertFalse(refusal.get("expected").asText().isEmpty());
    assertFalse(refusal.get("remedy").asText().isEmpty());
  }

  private static HttpResponse<String> post(BodyPublisher body) throws Exception {
    return send(request("/predict").POST(body).build());
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    return CLIENT.send(request, BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path));
  }

  private static byte[] head(int length) {
    return "POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
        .formatted(length)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] half(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return Arrays.copyOf(bytes, bytes.length / 2);
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    return new ObjectMapper().readTree(response.body());
  }
}
