package io.github.posteriori.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.posteriori.Prediction;
import io.github.posteriori.cli.predict.PictureInput;
import io.github.posteriori.cli.predict.PredictedClass;
import io.github.posteriori.layers.Shape;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PictureServerTest {
  private static final PictureInput INPUT = new PictureInput(Shape.image(1, 32, 32), false);
  private static Served served;

  @BeforeAll
  static void start() {
    served = Served.start();
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @Test
  void answersManyAtOnceAsPredictAnswersEachAlone() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      asked.add(served.ask(Served.digit(i)));
    }
    for (int i = 0; i < 40; i++) {
      JsonNode answer = Served.json(asked.get(i).get());
      float[] pixels = INPUT.read(Served.digit(i));
      INDArray image = Nd4j.create(pixels, new long[] {1, 1, 32, 32}, 'c');
      Prediction alone = served.module().predict(image, 25);
      PredictedClass expected = PredictedClass.of(served.module(), image, alone);
      assertEquals(expected.name(), answer.get("class").asText());
      assertEquals(expected.index(), answer.get("index").asInt());
      assertEquals(expected.probability(), answer.get("probability").asDouble(), 1e-9);
      assertEquals(expected.epistemic(), answer.get("epistemic").asDouble(), 1e-9);
      assertEquals(expected.aleatoric(), answer.get("aleatoric").asDouble(), 1e-9);
    }
    assertTrue(metric("posteriori_batch_pictures_count") < metric("posteriori_batch_pictures_sum"));
  }

  @Test
  void tellsHowEachProbabilityIsSpreadOverTheSamples() throws Exception {
    JsonNode answer = Served.json(served.post("predict", Served.digit(0)));
    double sum = 0;
    for (String name : served.module().classNames()) {
      double mean = answer.get("probabilities").get(name).asDouble();
      JsonNode quantiles = answer.get("quantiles").get(name);
      assertEquals(5, quantiles.size());
      for (int q = 1; q < 5; q++) {
        assertTrue(quantiles.get(q - 1).asDouble() < quantiles.get(q).asDouble(), name);
      }
      assertTrue(quantiles.get(0).asDouble() < mean && mean < quantiles.get(4).asDouble(), name);
      sum += mean;
    }
    assertEquals(1, sum, 1e-9);
  }

  /** The made-up risks: below a confidence of 0.5 a third is wrong, above nothing. */
  @Test
  void refusesWhatTheAcceptedRiskDoesNotCover() throws Exception {
    byte[] digit = Served.digit(1);
    JsonNode answer = Served.json(served.post("predict", digit));
    double probability = answer.get("probability").asDouble();
    assertTrue(probability > 0.1 && probability < 0.5, answer.toString());
    assertEquals(0.5, answer.get("threshold").asDouble());
    assertTrue(answer.get("refused").asBoolean());
    JsonNode risky = Served.json(served.post("predict?risk=0.4", digit));
    assertEquals(0.01, risky.get("threshold").asDouble());
    assertFalse(risky.get("refused").asBoolean());
    assertTrue(
        Served.json(served.post("predict?confidence=0.99", digit)).get("refused").asBoolean());
    assertFalse(Served.json(served.post("predict?confidence=0", digit)).get("refused").asBoolean());
  }

  @Test
  void invertsPicturesOnDemandAndHintsAtIt() throws Exception {
    JsonNode plain = Served.json(served.post("predict", Served.digit(2)));
    JsonNode inverted = Served.json(served.post("predict?invert=true", Served.digit(2)));
    assertFalse(plain.has("hint"));
    assertTrue(inverted.get("hint").asText().contains("do not invert it"));
    assertFalse(plain.get("probabilities").equals(inverted.get("probabilities")));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /nothing, 404, there is no such path",
    "GET, /predict, 405, expected POST",
    "POST, /, 405, expected GET or HEAD",
    "DELETE, /health, 405, expected GET or HEAD",
    "POST, /predict?size=3, 400, the parameter 'size'",
    "POST, /predict?risk=x, 400, risk is 'x'",
    "POST, /predict?risk=0.1&risk=0.1, 400, each at most once",
    "POST, /predict?risk=0.1&confidence=0.1, 400, expected one of them",
    "POST, /predict?invert=maybe, 400, expected true or false",
    "POST, /predict?invert=%zz, 400, ''"
  })
  void saysWhatIsWrongWithAnAddress(String method, String path, int status, String words)
      throws Exception {
    String request =
        method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx";
    String answer = served.raw(request.getBytes(StandardCharsets.US_ASCII)).orElse("nothing");
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    assertTrue(answer.contains(words), answer);
    if (status == 405) {
      assertTrue(answer.contains("Allow: "), answer);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                                                     | 411 | has no Content-Length",
        "Content-Length: 0                                    | 400 | unknown format",
        "Content-Type: text/html;Content-Length: 3            | 415 | the body is text/html",
        "Content-Type: IMAGE/PNG; q=1;Content-Length: 3       | 400 | unknown format",
        "Content-Length: 999999                               | 413 | expected at most 100000",
      })
  void saysWhatIsWrongWithABody(String headers, int status, String words) throws Exception {
    String lines = headers == null ? "" : headers.strip().replaceAll(";(?=\\w)", "\r\n") + "\r\n";
    String request = "POST /predict HTTP/1.1\r\nHost: localhost\r\n" + lines + "\r\nabc";
    String answer = served.raw(request.getBytes(StandardCharsets.US_ASCII)).orElse("nothing");
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    assertTrue(answer.contains("{\"error\":\"") && answer.contains(words), answer);
  }

  /** Of which a proxy and a server may believe one each. */
  @Test
  void refusesTwoLengths() throws Exception {
    String request =
        "POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    String answer = served.raw(request.getBytes(StandardCharsets.US_ASCII)).orElse("nothing");
    assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
  }

  @Test
  void refusesABodyThatIsTooLongWhetherItSaysSoOrNot() throws Exception {
    for (int bytes : new int[] {100_001, 300_000}) {
      assertEquals(413, served.post("predict", new byte[bytes]).statusCode());
      HttpResponse<String> chunked =
          served.send(
              served
                  .request("predict")
                  .POST(BodyPublishers.ofByteArrays(List.of(new byte[bytes])))
                  .build());
      assertEquals(413, chunked.statusCode());
    }
    assertEquals(400, served.post("predict", new byte[100_000]).statusCode());
  }

  /** A header that claims 60,000 x 60,000 pixels, and deflated zeros that would fill them. */
  @Test
  void refusesAPictureThatWouldFillTheMemoryByItsHeader() throws Exception {
    ByteBuffer png = ByteBuffer.allocate(90_000);
    png.putLong(0x89504e470d0a1a0aL);
    ByteBuffer header =
        ByteBuffer.allocate(13).putInt(60_000).putInt(60_000).put((byte) 8).put((byte) 2);
    chunk(png, "IHDR", header.array());
    chunk(png, "IDAT", new byte[80_000]);
    long start = System.nanoTime();
    HttpResponse<String> answer = served.post("predict", png.array());
    assertEquals(400, answer.statusCode());
    assertTrue(answer.body().contains("3600000000 pixels"), answer.body());
    assertTrue(System.nanoTime() - start < 2_000_000_000L);
  }

  private static void chunk(ByteBuffer png, String type, byte[] data) {
    CRC32 sum = new CRC32();
    sum.update(type.getBytes(StandardCharsets.US_ASCII));
    sum.update(data);
    png.putInt(data.length)
        .put(type.getBytes(StandardCharsets.US_ASCII))
        .put(data)
        .putInt((int) sum.getValue());
  }

  @Test
  void refusesRequestsThatAreMeantForAForeignHost() throws Exception {
    for (String host :
        List.of("localhost", "127.0.0.1:80", "[::1]:8080", "192.168.0.7", "Digits.Example:81")) {
      assertTrue(statusFor("Host: " + host + "\r\n").contains(" 200 "), host);
    }
    for (String host :
        List.of("evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "[evil]", "")) {
      assertTrue(statusFor("Host: " + host + "\r\n").contains(" 421 "), host);
    }
    assertTrue(statusFor("").contains(" 400 "));
  }

  private static String statusFor(String host) throws Exception {
    String request = "GET /health HTTP/1.1\r\n" + host + "\r\n";
    String answer = served.raw(request.getBytes(StandardCharsets.US_ASCII)).orElse("nothing");
    return answer.lines().findFirst().orElse(answer);
  }

  @Test
  void saysWhatItServes() throws Exception {
    HttpResponse<String> health = served.get("health");
    assertEquals(200, health.statusCode());
    assertEquals("application/json", health.headers().firstValue("Content-Type").orElseThrow());
    assertEquals("ok", Served.json(health).get("status").asText());
    assertEquals(10, Served.json(health).get("classes").size());
    assertEquals(Optional.empty(), health.headers().firstValue("Access-Control-Allow-Origin"));
  }

  @Test
  void measuresInTheTextFormatOfPrometheus() throws Exception {
    served.post("predict", Served.digit(0));
    served.get("nothing");
    served.get("elsewhere");
    HttpResponse<String> metrics = served.get("metrics");
    assertTrue(
        metrics
            .headers()
            .firstValue("Content-Type")
            .orElseThrow()
            .startsWith("text/plain; version=0.0.4"));
    Pattern sample =
        Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*(\\{([a-z_]+=\"[^\"]*\",?)*})? (\\S+)");
    for (String line : metrics.body().split("\n")) {
      assertTrue(
          line.startsWith("# HELP ")
              || line.startsWith("# TYPE ")
              || sample.matcher(line).matches(),
          line);
    }
    assertTrue(metrics.body().contains("jvm_memory_used_bytes{area=\"heap\"}"));
    assertTrue(metric("posteriori_http_requests_total{path=\"/predict\",status=\"200\"}") >= 1);
    assertTrue(metric("posteriori_http_requests_total{path=\"other\",status=\"404\"}") >= 2);
    String bucket =
        "posteriori_http_request_duration_seconds_bucket{path=\"/predict\",le=\"+Inf\"}";
    assertEquals(
        metric("posteriori_http_request_duration_seconds_count{path=\"/predict\"}"),
        metric(bucket));
    assertTrue(metrics.body().contains("posteriori_queue_pictures "));
  }

  private static double metric(String name) throws Exception {
    return served
        .get("metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name));
  }

  /** Damaged pictures, damaged requests, and bytes that are no request. */
  @Test
  void livesThroughBadRequestsByTheThousand() throws Exception {
    Random random = new Random(11);
    byte[] digit = Served.digit(3);
    String head =
        "POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + digit.length + "\r\n\r\n";
    byte[] request =
        Arrays.copyOf(head.getBytes(StandardCharsets.US_ASCII), head.length() + digit.length);
    System.arraycopy(digit, 0, request, head.length(), digit.length);
    int answered = 0;
    for (int i = 0; i < 1500; i++) {
      byte[] bad = request.clone();
      int from = i % 3 == 0 ? head.length() : 0;
      int to = i % 3 == 1 ? head.length() : bad.length;
      for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
        bad[from + random.nextInt(to - from)] = (byte) random.nextInt(256);
      }
      Optional<String> answer =
          served.raw(random.nextInt(8) == 0 ? Arrays.copyOf(bad, random.nextInt(bad.length)) : bad);
      answered += answer.isPresent() ? 1 : 0;
      answer.ifPresent(
          text -> {
            assertTrue(text.startsWith("HTTP/1.1 "), text);
            assertFalse(text.startsWith("HTTP/1.1 500"), text);
          });
    }
    assertTrue(answered > 1000, "answered " + answered);
    assertEquals(200, served.post("predict", digit).statusCode());
    assertEquals(200, served.get("health").statusCode());
  }

  @Test
  void keepsAConnectionOpenForTheNextRequest() throws Exception {
    String one = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";
    String post = "POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx";
    String answers =
        served
            .raw(
                (one + post + "HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n" + one)
                    .getBytes(StandardCharsets.US_ASCII))
            .orElseThrow();
    assertEquals(4, answers.split("HTTP/1.1 ", -1).length - 1, answers);
    assertFalse(answers.contains("<html"), answers);
  }

  /** Before its body is asked for, which would stand where the next request begins. */
  @Test
  void aRefusedRequestLeavesTheConnectionToTheNext() throws Exception {
    String refused =
        "POST /predict HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 50000\r\n\r\n"
            + "x".repeat(50_000);
    String next = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";
    String answers =
        served.raw((refused + next).getBytes(StandardCharsets.US_ASCII)).orElse("nothing");
    assertTrue(answers.startsWith("HTTP/1.1 421 "), answers);
    assertTrue(answers.contains("HTTP/1.1 200 "), answers);
  }
}
