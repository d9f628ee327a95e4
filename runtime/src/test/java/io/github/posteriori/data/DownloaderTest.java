package io.github.posteriori.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads from a server on this machine that misbehaves in every way that a test asks for. */
@Timeout(60)
class DownloaderTest {
  private static final int LENGTH = 300_000;
  private static final int HALF = LENGTH / 2;
  private static final Timeouts SHORT = waiting(Duration.ofSeconds(20));

  @TempDir Path data;

  private final byte[] contents = new byte[LENGTH];
  private final Queue<Answer> answers = new ArrayDeque<>();
  private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
  private final List<Long> progress = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private Timeouts timeouts = SHORT;

  /** What the server does with one request. */
  @FunctionalInterface
  private interface Answer {
    void to(HttpExchange exchange) throws IOException, InterruptedException;
  }

  private static Timeouts waiting(Duration silence) {
    return new Timeouts(3, Duration.ofSeconds(20), silence, Duration.ofMillis(1));
  }

  @BeforeEach
  void startServer() throws IOException {
    new Random(1).nextBytes(contents);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    ranges.add(String.valueOf(exchange.getRequestHeaders().getFirst("Range")));
    assertFalse(Files.exists(target()), "a file that is not whole has its final name");
    Answer answer = answers.size() > 1 ? answers.remove() : answers.element();
    try {
      answer.to(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }

  @Test
  void bringsAFileToItsPlace() throws IOException {
    answers.add(this::whole);

    download();

    assertWhole();
    assertEquals(List.of("null"), ranges);
    assertEquals(0L, progress.get(0));
    assertEquals(LENGTH, progress.get(progress.size() - 1));
    assertEquals(progress.stream().sorted().toList(), progress);
  }

  @Test
  void asksForNothingWhenNothingIsMissing() {
    new Downloader(DownloadListener.NONE, SHORT).download(List.of(), data);

    assertEquals(List.of(), ranges);
  }

  @Test
  void goesOnWhereAnEarlierRunStopped() throws IOException {
    keepPart(Arrays.copyOf(contents, HALF));
    answers.add(this::rest);

    download();

    assertWhole();
    assertEquals(List.of("bytes=" + HALF + "-"), ranges);
    assertEquals(HALF, progress.get(0));
  }

  @Test
  void asksForNothingWhenThePartIsWhole() throws IOException {
    keepPart(contents);

    download();

    assertWhole();
    assertEquals(List.of(), ranges);
  }

  @Test
  void startsOverWhenTheServerKnowsNoRanges() throws IOException {
    keepPart(new byte[HALF]);
    answers.add(this::whole);

    download();

    assertWhole();
  }

  @Test
  void startsOverWhenThePartIsTooLong() throws IOException {
    keepPart(new byte[LENGTH + 1]);
    answers.add(this::whole);

    download();

    assertWhole();
    assertEquals(List.of("null"), ranges);
  }

  @Test
  void startsOverWhenTheServerSendsAnotherRange() throws IOException {
    keepPart(Arrays.copyOf(contents, HALF));
    answers.add(exchange -> send(exchange, 206, "bytes 7-" + (LENGTH - 1), 7));
    answers.add(this::whole);

    download();

    assertWhole();
    assertEquals(List.of("bytes=" + HALF + "-", "null"), ranges);
  }

  @Test
  void startsOverWhenTheServerCannotSatisfyTheRange() throws IOException {
    keepPart(Arrays.copyOf(contents, HALF));
    answers.add(exchange -> exchange.sendResponseHeaders(416, -1));
    answers.add(this::whole);

    download();

    assertWhole();
    assertEquals(List.of("bytes=" + HALF + "-", "null"), ranges);
  }

  @Test
  void goesOnAfterACutConnection() throws IOException {
    answers.add(this::cut);
    answers.add(this::rest);

    download();

    assertWhole();
    assertEquals(2, ranges.size());
    assertTrue(ranges.get(1).startsWith("bytes="), ranges.get(1));
  }

  @Test
  void keepsThePartWhenTheConnectionIsCutAgainAndAgain() throws IOException {
    answers.add(this::cut);
    answers.add(this::nothingOfTheRest);

    assertRefused("found ", "expected " + LENGTH + " bytes", "what is there is kept", byHand());

    // HttpClient may ask again by itself when a connection ends before the answer begins.
    assertTrue(ranges.size() >= 3, ranges.size() + " requests");
    byte[] kept = Files.readAllBytes(part());
    assertEquals(HALF, kept.length);
    assertArrayEquals(Arrays.copyOf(contents, kept.length), kept);

    ranges.clear();
    answers.clear();
    answers.add(this::rest);
    download();
    assertWhole();
    assertEquals(List.of("bytes=" + kept.length + "-"), ranges);
  }

  @Test
  void goesOnWhenTheServerFallsSilent() throws IOException {
    timeouts = waiting(Duration.ofMillis(1500));
    CountDownLatch done = new CountDownLatch(1);
    answers.add(
        exchange -> {
          exchange.sendResponseHeaders(200, LENGTH);
          exchange.getResponseBody().write(contents, 0, HALF);
          exchange.getResponseBody().flush();
          done.await();
        });
    answers.add(this::rest);

    download();
    done.countDown();

    assertWhole();
    assertEquals(List.of("null", "bytes=" + HALF + "-"), ranges);
  }

  @Test
  void triesAgainWhenTheServerNeverAnswers() throws IOException {
    timeouts = waiting(Duration.ofMillis(1500));
    CountDownLatch done = new CountDownLatch(1);
    answers.add(exchange -> done.await());
    answers.add(this::whole);

    download();
    done.countDown();

    assertWhole();
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 429, 408})
  void triesAgainWhenTheServerIsInTrouble(int status) throws IOException {
    answers.add(exchange -> exchange.sendResponseHeaders(status, -1));
    answers.add(exchange -> exchange.sendResponseHeaders(status, -1));
    answers.add(this::whole);

    download();

    assertWhole();
  }

  @Test
  void givesUpWhenTheServerStaysInTrouble() {
    answers.add(exchange -> exchange.sendResponseHeaders(500, -1));

    assertRefused("found the answer HTTP 500", byHand());
    assertEquals(3, ranges.size());
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 403, 410})
  void givesUpAtOnceWhenTheFileIsNotThere(int status) {
    answers.add(exchange -> exchange.sendResponseHeaders(status, -1));

    assertRefused("found the answer HTTP " + status, "The file may have moved.", byHand());
    assertEquals(1, ranges.size());
    assertNothingIsLeft();
  }

  @Test
  void removesWrongBytes() {
    byte[] other = contents.clone();
    other[HALF] ^= 1;
    answers.add(
        exchange -> {
          exchange.sendResponseHeaders(200, LENGTH);
          exchange.getResponseBody().write(other);
        });

    assertRefused(
        "found the SHA-256 " + sha256(other), "expected " + sha256(contents), "Nothing of it was");
    assertEquals(1, ranges.size());
    assertNothingIsLeft();
  }

  @Test
  void refusesAFileOfAnotherLengthBeforeItIsRead() {
    byte[] page = "<html>Please log in to the network</html>".getBytes(UTF_8);
    answers.add(
        exchange -> {
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
        });

    assertRefused("found a file of " + page.length + " bytes, expected " + LENGTH);
    assertEquals(1, ranges.size());
    assertNothingIsLeft();
  }

  @Test
  void refusesMoreBytesThanThereShouldBe() {
    answers.add(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(contents);
          exchange.getResponseBody().write(new byte[100_000]);
        });

    assertRefused("found more bytes, expected " + LENGTH);
    assertNothingIsLeft();
  }

  @Test
  void takesAFileWhoseLengthIsNotStated() throws IOException {
    answers.add(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(contents);
        });

    download();

    assertWhole();
  }

  @Test
  void followsRedirects() throws IOException {
    answers.add(
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          exchange.sendResponseHeaders(302, -1);
        });
    answers.add(this::whole);

    download();

    assertWhole();
  }

  @Test
  void saysWhichFilesToPutWhereWhenThereIsNoNetwork() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    URI source = URI.create("http://127.0.0.1:" + closed + "/");
    Duration tooLong = Duration.ofHours(1);
    Timeouts noUseWaiting = new Timeouts(3, tooLong, tooLong, tooLong);
    List<PublishedFile> files =
        List.of(
            new PublishedFile(Path.of("SET/a.gz"), source.resolve("a.gz"), 1, "00"),
            new PublishedFile(Path.of("SET/b.gz"), source.resolve("b.gz"), 1, "00"));

    DataException e =
        assertThrows(
            DataException.class,
            () -> new Downloader(DownloadListener.NONE, noUseWaiting).download(files, data));

    assertEquals(
        source
            + "a.gz: found no connection to 127.0.0.1, expected 1 bytes. Check the network and run"
            + " this again; what is there is kept. Or put it there yourself: "
            + data.resolve("SET/a.gz")
            + " from "
            + source
            + "a.gz; "
            + data.resolve("SET/b.gz")
            + " from "
            + source
            + "b.gz.",
        e.getMessage());
    assertFalse(Files.exists(data.resolve("SET/a.gz.part")));
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "needs /dev/full, a disk without room")
  void saysWhenTheDiskIsFull() throws IOException {
    Files.createDirectories(part().getParent());
    Files.createSymbolicLink(part(), Path.of("/dev/full"));
    answers.add(this::whole);

    assertRefused(
        part() + ": found that it cannot be written (No space left on device)", "Make room");
    assertEquals(1, ranges.size(), "a full disk is no failure of the network");
  }

  @Test
  void saysWhenTheFolderCannotBeMade() throws IOException {
    Files.createFile(data.resolve("SET"));

    assertRefused("cannot be written", "expected a writable folder with room");
  }

  @Test
  void leavesAFileAloneThatIsBeingDownloadedAlready() {
    try (PartFile other = PartFile.beside(target())) {
      other.append(contents, HALF);

      assertRefused("found that it is being downloaded already", "Wait until the other one is");

      assertEquals(HALF, other.size());
    }
    assertEquals(List.of(), ranges);
  }

  @Test
  void keepsThePartWhenInterrupted() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    answers.add(
        exchange -> {
          exchange.sendResponseHeaders(200, LENGTH);
          exchange.getResponseBody().write(contents, 0, HALF);
          exchange.getResponseBody().flush();
          started.await();
        });
    Thread main = Thread.currentThread();
    DownloadListener interrupting =
        (file, bytes) -> {
          if (bytes == HALF) {
            main.interrupt();
          }
        };

    DataException e =
        assertThrows(
            DataException.class,
            () -> new Downloader(interrupting, SHORT).download(List.of(file()), data));

    assertTrue(Thread.interrupted(), "the thread remains interrupted");
    assertTrue(e.getMessage().contains("found an interruption"), e.getMessage());
    assertEquals(HALF, Files.size(part()));
    started.countDown();
  }

  private void whole(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, LENGTH);
    exchange.getResponseBody().write(contents);
  }

  /** Ends the connection when the first half is on the disk: HttpClient may drop what is not. */
  private void cut(HttpExchange exchange) throws IOException, InterruptedException {
    exchange.sendResponseHeaders(200, LENGTH);
    exchange.getResponseBody().write(contents, 0, HALF);
    exchange.getResponseBody().flush();
    while (Files.size(part()) < HALF) {
      Thread.sleep(1);
    }
  }

  private void nothingOfTheRest(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().add("Content-Range", "bytes " + HALF + "-");
    exchange.sendResponseHeaders(206, LENGTH - HALF);
    exchange.getResponseBody().flush();
  }

  private void rest(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = Integer.parseInt(range.replaceAll("\\D", ""));
    send(exchange, 206, "bytes " + from + "-" + (LENGTH - 1) + "/" + LENGTH, from);
  }

  private void send(HttpExchange exchange, int status, String range, int from) throws IOException {
    exchange.getResponseHeaders().add("Content-Range", range);
    exchange.sendResponseHeaders(status, LENGTH - from);
    exchange.getResponseBody().write(contents, from, LENGTH - from);
  }

  private void download() {
    DownloadListener listener = (file, bytes) -> progress.add(bytes);
    new Downloader(listener, timeouts).download(List.of(file()), data);
  }

  private PublishedFile file() {
    URI source = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/set.gz");
    return new PublishedFile(Path.of("SET", "set.gz"), source, LENGTH, sha256(contents));
  }

  private Path target() {
    return data.resolve("SET").resolve("set.gz");
  }

  private Path part() {
    return data.resolve("SET").resolve("set.gz.part");
  }

  private void keepPart(byte[] bytes) throws IOException {
    Files.createDirectories(part().getParent());
    Files.write(part(), bytes);
  }

  private String byHand() {
    return "Or put it there yourself: " + target() + " from " + file().source() + ".";
  }

  private void assertWhole() throws IOException {
    assertArrayEquals(contents, Files.readAllBytes(target()));
    assertFalse(Files.exists(part()), "the part is renamed");
  }

  private void assertNothingIsLeft() {
    assertFalse(Files.exists(target()));
    assertFalse(Files.exists(part()));
  }

  private void assertRefused(String... parts) {
    DataException e = assertThrows(DataException.class, this::download);
    for (String part : parts) {
      assertTrue(e.getMessage().contains(part), e.getMessage());
    }
    assertFalse(Files.exists(target()));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
