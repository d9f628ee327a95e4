package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.ModuleOptions;
import io.github.posteriori.models.BayesLeNetModule;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real programs that serve. */
class ServeCommandTest {
  @TempDir private static Path folder;

  private static String checkpoint;

  @BeforeAll
  static void save() {
    Path file = folder.resolve("net.safetensors");
    BayesLeNetModule.create(1, 10, ModuleOptions.defaults()).save(file);
    checkpoint = file.toString();
  }

  private static Process start(String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-javaagent"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("serve", "--checkpoint", checkpoint, "--port", "0"));
    command.addAll(Arrays.asList(options));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /** Reads the line that says where a program serves. */
  private static int port(Process process) throws Exception {
    BufferedReader out = process.inputReader();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("serving ")) {
        return URI.create(line.replaceFirst(".* on (http\\S+) .*", "$1")).getPort();
      }
    }
    throw new AssertionError("it does not serve");
  }

  private static Socket send(int port, String request) throws Exception {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(30_000);
    OutputStream out = socket.getOutputStream();
    out.write(request.getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return socket;
  }

  private static byte[] picture() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_GRAY), "png", out);
    return out.toByteArray();
  }

  private static String answer(Socket socket) throws Exception {
    try (socket;
        InputStream in = socket.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (SocketException e) {
      return "";
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void endsSlowClientsAndStopsWhenItHasAnsweredWhatHasBegun() throws Exception {
    Process process = start("--timeout", "3", "--samples", "2000");
    try {
      int port = port(process);
      String post = "POST /predict HTTP/1.1\r\nHost: localhost\r\n";
      List<Socket> slow = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        slow.add(send(port, i % 2 == 0 ? post : post + "Content-Length: 100\r\n\r\nabc"));
      }
      assertTrue(
          answer(send(port, "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
              .startsWith("HTTP/1.1 200 "));
      for (int i = 0; i < slow.size(); i++) {
        String answer = answer(slow.get(i));
        assertTrue(
            i % 2 == 0 ? answer.isEmpty() : answer.startsWith("HTTP/1.1 408 "), i + ": " + answer);
      }
      byte[] picture = picture();
      Socket asked =
          send(port, post + "Connection: close\r\nContent-Length: " + picture.length + "\r\n\r\n");
      asked.getOutputStream().write(picture);
      Thread.sleep(100); // until it has begun
      assertEquals(
          0, new ProcessBuilder("kill", "-TERM", String.valueOf(process.pid())).start().waitFor());
      String answer = answer(asked);
      assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
      assertEquals(143, process.waitFor());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void saysThatAPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = Integer.toString(taken.getLocalPort());
      Outcome outcome = Outcome.of("serve", "--checkpoint", checkpoint, "--port", port);
      assertEquals(1, outcome.code(), outcome.err());
      assertTrue(outcome.err().startsWith("posteriori: port " + port), outcome.err());
      assertTrue(outcome.err().contains("choose another --port"), outcome.err());
    }
  }

  @Test
  void saysWhatIsWrongWithItsOptions() {
    Outcome host = Outcome.of("serve", "--checkpoint", checkpoint, "--host", "no.such.invalid");
    assertEquals(1, host.code(), host.err());
    assertTrue(host.err().contains("no.such.invalid"), host.err());
    for (List<String> wrong :
        List.of(
            List.of("--port", "70000"),
            List.of("--queue", "0"),
            List.of("--risk", "0.1"),
            List.of("--confidence", "2"),
            List.of("--timeout", "x"))) {
      List<String> command = new ArrayList<>(List.of("serve", "--checkpoint", checkpoint));
      command.addAll(wrong);
      Outcome outcome = Outcome.of(command.toArray(String[]::new));
      assertEquals(2, outcome.code(), wrong + outcome.err());
      assertFalse(outcome.err().contains("unexpected"), outcome.err());
    }
    assertEquals(1, Outcome.of("serve", "--checkpoint", folder.resolve("no").toString()).code());
  }
}
