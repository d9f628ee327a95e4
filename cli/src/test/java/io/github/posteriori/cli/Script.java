package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A script of bash, run as a user would. */
final class Script {
  private static final String NOBODY = "65534";

  private final Path script;
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> before = new ArrayList<>();

  record Answer(int code, String out, String err) {}

  Script(Path script) {
    this.script = script;
    environment.put("JAVA_HOME", System.getProperty("java.home"));
  }

  Script with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Runs it as somebody who may read the folder but not write there: root would write anywhere. */
  Script ofAReader(Path folder) throws Exception {
    call("chmod", "-R", "a+rX,a-w", folder.toString());
    if (System.getProperty("user.name").equals("root")) {
      before.clear();
      before.addAll(List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"));
      for (Path above = folder.getParent(); above.getNameCount() > 1; above = above.getParent()) {
        call("chmod", "a+x", above.toString());
      }
    }
    return this;
  }

  Answer run(Path where, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(before);
    command.addAll(List.of("bash", script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(where.toFile());
    builder.environment().putAll(environment);
    Path err = Files.createTempFile("err", null);
    try {
      Process process = builder.redirectError(err.toFile()).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(process.waitFor(), out, Files.readString(err));
    } finally {
      Files.delete(err);
    }
  }

  static void call(String... command) throws IOException, InterruptedException {
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor(), command[0]);
  }
}
