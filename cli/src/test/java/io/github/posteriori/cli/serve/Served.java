package io.github.posteriori.cli.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.posteriori.BayesModule;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.cli.predict.Willingness;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Digits;
import io.github.posteriori.models.BayesLeNetModule;
import io.github.posteriori.uncertainty.Answer;
import io.github.posteriori.uncertainty.SelectiveRisk;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import javax.imageio.ImageIO;

/** A server of a network that has learned nothing, and a client. */
record Served(BayesModule module, PictureServer server) implements AutoCloseable {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  static ServeSettings settings(int samples, int batch, int queue, int seconds) {
    return new ServeSettings(
        "127.0.0.1",
        0,
        List.of("digits.example"),
        samples,
        batch,
        queue,
        100_000,
        Duration.ofSeconds(seconds));
  }

  /** The network, with made-up risks. */
  static BayesModule network() {
    BayesModule module = BayesLeNetModule.create(1, 10, ModuleOptions.defaults().withSeed(3));
    module.selectiveRisk(
        SelectiveRisk.of(
            List.of(new Answer(1, 1, 0.9), new Answer(1, 1, 0.5), new Answer(1, 0, 0.01))));
    return module;
  }

  static Willingness willingness(BayesModule module) {
    return new Willingness(module.selectiveRisk(), OptionalDouble.empty(), OptionalDouble.empty());
  }

  static Served start(ServeSettings settings) {
    BayesModule module = network();
    return new Served(module, PictureServer.start(module, willingness(module), false, settings));
  }

  static Served start() {
    return start(settings(25, 16, 64, 10));
  }

  /** A drawn digit, as the bytes of a PNG. */
  static byte[] digit(int index) {
    Dataset digits = Digits.digits(index + 1, 77);
    float[] pixels = new float[32 * 32];
    digits.image(index, pixels, 0);
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < pixels.length; i++) {
      image.getRaster().setSample(i % 32, i / 32, 0, Math.round(255 * pixels[i]));
    }
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      ImageIO.write(image, "png", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.page()).resolve(path))
        .timeout(Duration.ofSeconds(60));
  }

  HttpResponse<String> get(String path) throws Exception {
    return CLIENT.send(request(path).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> send(HttpRequest request) throws Exception {
    return CLIENT.send(request, BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, byte[] body) throws Exception {
    return send(request(path).POST(BodyPublishers.ofByteArray(body)).build());
  }

  CompletableFuture<HttpResponse<String>> ask(byte[] body) {
    BodyPublisher publisher = BodyPublishers.ofByteArray(body);
    return CLIENT.sendAsync(request("predict").POST(publisher).build(), BodyHandlers.ofString());
  }

  static JsonNode json(HttpResponse<String> response) throws IOException {
    return new ObjectMapper().readTree(response.body());
  }

  /** Sends bytes as they are and returns all that comes back; empty for nothing. */
  Optional<String> raw(byte[] request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write(request);
      out.flush();
      socket.shutdownOutput();
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return answer.isEmpty() ? Optional.empty() : Optional.of(answer);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
