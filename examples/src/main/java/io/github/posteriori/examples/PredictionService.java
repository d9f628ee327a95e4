package io.github.posteriori.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.posteriori.Prediction;
import io.github.posteriori.data.DataException;
import io.github.posteriori.data.Picture;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Serves a network over HTTP, which predicts the class of a picture and its uncertainty.
 *
 * <pre>
 * PredictionService [PORT [MODEL [HOST]]]    MODEL is a folder that OwnPictures has written; without
 *                                            it, the service learns drawn digits before it starts
 *
 * curl --data-binary @picture.png http://127.0.0.1:8080/predict
 * curl http://127.0.0.1:8080/health
 * </pre>
 */
public final class PredictionService implements AutoCloseable {
  private static final int MOST_BYTES = 1 << 20;

  private final PictureNetModule net;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(16);

  /** Starts a service that listens on {@code address}; port 0 selects a free one. */
  PredictionService(Path model, InetSocketAddress address) throws IOException {
    net = PictureNetModule.load(model.resolve("net.safetensors"));
    server = HttpServer.create(address, 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public static void main(String[] arguments) throws IOException {
    // A request that is incomplete after this time, in seconds, is dropped: others need its thread.
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8080;
    Path model = arguments.length > 1 ? Path.of(arguments[1]) : learntDigits();
    String host = arguments.length > 2 ? arguments[2] : "127.0.0.1";
    PredictionService service = new PredictionService(model, new InetSocketAddress(host, port));
    Runtime.getRuntime().addShutdownHook(new Thread(service::close));
    System.out.println("listening on http://" + host + ":" + service.port() + ", Ctrl-C stops");
  }

  private static Path learntDigits() throws IOException {
    List<Path> drawn = DrawnPictures.write();
    OwnPictures.train(drawn.get(0), drawn.get(1));
    return drawn.get(1);
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Stops accepting requests, and gives running ones two seconds to end. */
  @Override
  public void close() {
    server.stop(2);
    threads.shutdown();
  }

  /** The response to a request. */
  private record Reply(int status, ObjectNode json) {
    static Reply refusal(int status, String found, String expected, String remedy) {
      return new Reply(
          status, object().put("found", found).put("expected", expected).put("remedy", remedy));
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Reply reply = answer(exchange);
      byte[] bytes = reply.json.toString().getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(reply.status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private Reply answer(HttpExchange exchange) throws IOException {
    String request = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    try {
      return switch (request) {
        case "GET /health" -> new Reply(200, object().put("status", "ok"));
        case "POST /predict" -> predict(exchange.getRequestBody());
        default ->
            Reply.refusal(
                request.endsWith(" /health") || request.endsWith(" /predict") ? 405 : 404,
                request,
                "POST /predict or GET /health",
                "To send a picture: curl --data-binary @picture.png http://HOST:PORT/predict");
      };
    } catch (RuntimeException | OutOfMemoryError e) {
      e.printStackTrace();
      return Reply.refusal(500, e.toString(), "a prediction", "Read the service's log.");
    }
  }

  private Reply predict(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(MOST_BYTES);
    long more = body.transferTo(OutputStream.nullOutputStream()); // only then do clients listen
    if (more > 0) {
      return Reply.refusal(
          413,
          bytes.length + more + " bytes",
          "at most " + MOST_BYTES,
          "Make the picture smaller: the network looks at 32 x 32 pixels.");
    }
    Path file = Files.createTempFile("picture", null);
    try {
      Files.write(file, bytes);
      float[] pixels = Picture.read(file, OwnPictures.SHAPE);
      Prediction prediction = net.predict(Nd4j.create(pixels, OwnPictures.SHAPE.batch(1), 'c'), 25);
      int predicted = prediction.classes()[0];
      return new Reply(
          200,
          object()
              .put("class", net.classNames().get(predicted))
              .put("probability", prediction.probabilities().getDouble(0, predicted))
              .put("epistemic", prediction.epistemic().sumNumber().doubleValue())
              .put("aleatoric", prediction.aleatoric().sumNumber().doubleValue()));
    } catch (DataException e) {
      return Reply.refusal(
          400,
          bytes.length + " bytes that do not read as a picture",
          "a " + Picture.FORMATS + " file of at most 67 million pixels",
          "Send the file as it is, without a form: curl --data-binary @picture.png");
    } finally {
      Files.delete(file);
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
