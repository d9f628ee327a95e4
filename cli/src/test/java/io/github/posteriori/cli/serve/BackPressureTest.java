package io.github.posteriori.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** A network that is slow, and clients that do not wait for each other. */
class BackPressureTest {
  private static final int SLOW = 4000;

  @Test
  void refusesWhatDoesNotFitIntoTheQueueAndAnswersTheRest() throws Exception {
    try (Served served = Served.start(Served.settings(SLOW, 1, 2, 60))) {
      List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        asked.add(served.ask(Served.digit(0)));
      }
      Map<Integer, Integer> statuses = new HashMap<>();
      for (CompletableFuture<HttpResponse<String>> each : asked) {
        HttpResponse<String> answer = each.get();
        statuses.merge(answer.statusCode(), 1, Integer::sum);
        if (answer.statusCode() == 503) {
          assertEquals("1", answer.headers().firstValue("Retry-After").orElse(""));
        }
      }
      assertEquals(
          12, statuses.getOrDefault(200, 0) + statuses.getOrDefault(503, 0), statuses::toString);
      assertTrue(statuses.get(200) >= 2 && statuses.get(503) >= 5, statuses::toString);
      assertEquals(200, served.ask(Served.digit(0)).get().statusCode());
    }
  }

  /** Whole requests are in the server's hands at once: no client has to find time to send one. */
  @Test
  void givesUpOnAnAnswerThatTakesTooLong() throws Exception {
    try (Served served = Served.start(Served.settings(10 * SLOW, 1, 64, 1))) {
      List<Socket> asked = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        asked.add(sent(served));
      }
      int late = 0;
      for (Socket each : asked) {
        try (each) {
          String answer = new String(each.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
          boolean isLate = answer.startsWith("HTTP/1.1 504");
          late += isLate ? 1 : 0;
          assertTrue(isLate || answer.startsWith("HTTP/1.1 200"), answer);
          assertTrue(!isLate || answer.contains("after 1 s"), answer);
        }
      }
      assertTrue(late > 0);
      assertEquals(200, served.get("health").statusCode());
    }
  }

  private static Socket sent(Served served) throws IOException {
    byte[] digit = Served.digit(0);
    URI server = served.request("predict").build().uri();
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(
        String.join(
                "\r\n",
                "POST /predict HTTP/1.1",
                "Host: " + server.getAuthority(),
                "Content-Length: " + digit.length,
                "Connection: close",
                "",
                "")
            .getBytes(StandardCharsets.US_ASCII));
    request.writeBytes(digit);
    Socket socket = new Socket(server.getHost(), server.getPort());
    socket.getOutputStream().write(request.toByteArray());
    return socket;
  }

  @Test
  void runsWhatWaitsTogetherAndLeavesOutWhatWasGivenUp() throws Exception {
    ServerMetrics metrics = new ServerMetrics();
    float[] image = new float[32 * 32];
    try (Batcher batcher =
        new Batcher(Served.network(), Served.settings(SLOW, 4, 64, 10), metrics)) {
      List<Future<Told>> answers = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        answers.add(batcher.submit(image));
      }
      answers.get(9).cancel(false);
      for (int i = 0; i < 9; i++) {
        assertInstanceOf(
            ServedAnswer.class, answers.get(i).get().answer(OptionalDouble.empty(), null));
      }
    }
    String text = new String(metrics.reply().body());
    assertTrue(text.contains("posteriori_batch_pictures_sum 9.0"), text);
    assertTrue(
        text.contains("posteriori_batch_pictures_count 3.0")
            || text.contains("posteriori_batch_pictures_count 3\n"),
        text);
  }

  @Test
  void aPictureThatTheNetworkRefusesDoesNotSpoilTheOthers() throws Exception {
    float[] image = new float[32 * 32];
    float[] wrong = image.clone();
    wrong[5] = Float.NaN;
    try (Batcher batcher =
        new Batcher(Served.network(), Served.settings(SLOW, 8, 64, 10), new ServerMetrics())) {
      Future<Told> first = batcher.submit(image);
      Future<Told> bad = batcher.submit(wrong);
      Future<Told> good = batcher.submit(image);
      assertInstanceOf(ServedAnswer.class, first.get().answer(OptionalDouble.empty(), null));
      assertInstanceOf(ServedAnswer.class, good.get().answer(OptionalDouble.empty(), null));
      assertThrows(Exception.class, bad::get);
    }
  }

  @Test
  void answersWhatHasBegunBeforeItStops() throws Exception {
    Served served = Served.start(Served.settings(SLOW, 1, 8, 60));
    CompletableFuture<HttpResponse<String>> asked = served.ask(Served.digit(0));
    Thread.sleep(150);
    served.close();
    assertEquals(200, asked.get().statusCode());
    assertThrows(Exception.class, () -> served.get("health"));
  }

  @Test
  void picturesWaitForRoomToBeDecodedAndLargerOnesAreRefused() throws Exception {
    PixelBudget budget = new PixelBudget(1 << 16);
    byte[] digit = Served.digit(0);
    float[] decoded = {1};
    Refusal busy =
        assertThrows(
            Refusal.class, () -> budget.read(digit, first -> inner(budget, digit), 1_000_000_000L));
    assertEquals(503, busy.reply().status());
    assertEquals(decoded, budget.read(digit, bytes -> decoded, 1_000_000_000L));
    byte[] large = large();
    Refusal tooLarge =
        assertThrows(Refusal.class, () -> budget.read(large, bytes -> decoded, 1_000_000L));
    assertEquals(413, tooLarge.reply().status());
  }

  private static float[] inner(PixelBudget budget, byte[] digit) {
    try {
      return budget.read(digit, bytes -> new float[1], 1_000_000L);
    } catch (Exception e) {
      throw e instanceof Refusal refusal ? refusal : new IllegalStateException(e);
    }
  }

  private static byte[] large() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(1000, 1000, BufferedImage.TYPE_BYTE_GRAY), "png", out);
    return out.toByteArray();
  }
}
