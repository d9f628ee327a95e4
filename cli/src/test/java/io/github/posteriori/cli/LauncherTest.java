package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script that starts the program, in folders whose names have other letters than ASCII. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  @TempDir private Path folder;

  /** What cannot be written cannot be deleted. */
  @AfterEach
  void release() throws Exception {
    Script.call("chmod", "-R", "u+w", folder.toString());
  }

  /** Installs the program as it is built here. */
  private Path installed() throws Exception {
    Path home = Files.createDirectories(folder.resolve("Größe/posteriori"));
    Files.createDirectories(home.resolve("bin"));
    for (String script : List.of("posteriori", "launch.sh", "jvm.sh")) {
      Files.copy(Path.of("..", "bin", script), home.resolve("bin").resolve(script));
    }
    Files.createFile(home.resolve("pom.xml"));
    Files.createDirectories(home.resolve("cli/src/main"));
    Files.createFile(home.resolve("cli/pom.xml"));
    Path target = Files.createDirectories(home.resolve("cli/target"));
    String main = Main.class.getName().replace('.', '/') + ".class";
    Path compiled = target.resolve("classes").resolve(main);
    Files.createDirectories(compiled.getParent());
    try (InputStream in = Main.class.getResourceAsStream("Main.class")) {
      Files.copy(in, compiled);
    }
    String present =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> Files.exists(Path.of(entry)))
            .collect(Collectors.joining(":"));
    Files.writeString(target.resolve("classpath.txt"), present);
    return home.resolve("bin/posteriori");
  }

  private Script.Answer run(Path where, Path script, String... arguments) throws Exception {
    return new Script(script).with("LC_ALL", "C").run(where, arguments);
  }

  private static boolean hasUnicodeLocale() throws IOException {
    Process list = new ProcessBuilder("locale", "-a").redirectErrorStream(true).start();
    String names = new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return names.toLowerCase(Locale.ROOT).matches("(?s).*\\.utf-?8\n.*");
  }

  @Test
  void namesWithOtherLettersWorkInTheLocaleOfContainers() throws Exception {
    assumeTrue(System.getProperty("sun.jnu.encoding").equals("UTF-8"), "names here are in UTF-8");
    assumeTrue(hasUnicodeLocale(), "there is a locale of UTF-8");
    Path script = installed();
    Path pictures = Files.createDirectories(folder.resolve("Blütenstaub"));
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_GRAY);
    ImageIO.write(image, "png", pictures.resolve("Ünï.png").toFile());
    Path checkpoint =
        Files.copy(TrainedDigits.checkpoint(), pictures.resolve("größtes.safetensors"));

    Script.Answer answer =
        run(
            pictures,
            script,
            "predict",
            "--checkpoint",
            checkpoint.toString(),
            "--json",
            "Ünï.png",
            "fehlt für immer.png");

    assertEquals(1, answer.code(), answer.err());
    assertTrue(answer.out().startsWith("Ünï.png: "), answer.out());
    JsonNode json = new ObjectMapper().readTree(answer.out().substring(answer.out().indexOf('[')));
    assertEquals(1, json.size());
    assertEquals("Ünï.png", json.get(0).get("file").asText());
    assertTrue(answer.err().contains("fehlt für immer.png: found no such file"), answer.err());
  }

  @Test
  void theHeapIsAShareOfTheMemoryUnlessTheUserSaysOtherwise() throws Exception {
    Path script = installed();
    long machine = 3L << 30;
    String all = "-XX:+PrintFlagsFinal -XX:MaxRAM=" + machine;

    assertEquals(0.6, heap(script, all) / (double) machine, 0.01);
    assertEquals(200 << 20, heap(script, all + " -Xmx200m"));
    assertEquals(320 << 20, heap(script, "-XX:+PrintFlagsFinal -XX:MaxRAM=256m"));
  }

  private long heap(Path script, String options) throws Exception {
    Script.Answer answer =
        new Script(script).with("POSTERIORI_JAVA_OPTS", options).run(folder, "--version");
    assertEquals(0, answer.code(), answer.err());
    Matcher line = Pattern.compile(" MaxHeapSize += (\\d+) ").matcher(answer.out());
    assertTrue(line.find(), answer.out());
    return Long.parseLong(line.group(1));
  }

  @Test
  void nothingIsPrintedBesideTheAnswer() throws Exception {
    Script.Answer answer = run(folder, installed(), "summary");

    assertEquals(0, answer.code());
    assertEquals("", answer.err());
  }

  /** A folder like a JDK's, whose java prints what it is called with. */
  private Path printer() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("jdk/bin"));
    String java = "#!/bin/sh\necho ' java.specification.version = 17'\necho $*\n";
    Files.writeString(bin.resolve("java"), java);
    Files.writeString(bin.resolve("javac"), java);
    Script.call("chmod", "a+x", bin + "/java", bin + "/javac");
    return bin.getParent();
  }

  @Test
  void aCheckoutThatCannotBeWrittenRunsWhatIsBuilt() throws Exception {
    Path script = installed();
    Path home = script.resolveSibling("..").toRealPath();
    Files.setLastModifiedTime(home.resolve("pom.xml"), FileTime.from(Instant.now().plusSeconds(9)));
    Files.writeString(home.resolve("cli/target/classpath.txt"), script.toString());
    Script reader = new Script(script).with("JAVA_HOME", printer().toString()).ofAReader(folder);

    Script.Answer answer = reader.run(home, "--version");
    assertEquals(0, answer.code(), answer.err());
    assertTrue(answer.out().contains("io.github.posteriori.cli.Main --version"), answer.out());
    assertEquals(
        "posteriori: running what was built before the last change of a source, for "
            + home
            + " cannot be written\n",
        answer.err());

    Script.call("chmod", "u+w", home.resolve("cli/target").toString());
    Files.delete(home.resolve("cli/target/classpath.txt"));
    reader.ofAReader(folder);
    Script.Answer refused = reader.run(home, "--version");
    assertEquals(1, refused.code());
    assertTrue(
        refused.err().startsWith("posteriori: found no whole build in " + home), refused.err());
  }

  /** Adds what a build of cli-spark leaves. */
  private static void buildOnSpark(Path home) throws IOException {
    Path target = Files.createDirectories(home.resolve("cli-spark/target"));
    Files.createDirectories(target.resolve("classes/META-INF/services"));
    Files.createFile(target.resolve("cli-spark-0-SNAPSHOT.jar"));
    Files.createFile(target.resolve("cli-spark-0-SNAPSHOT-sources.jar"));
    Files.writeString(target.resolve("classpath.txt"), home.resolve("pom.xml").toString());
    Files.writeString(target.resolve("spark-classpath.txt"), "maven-spark.jar");
  }

  @Test
  void sparkIsOnTheClassPathWhereItIsAskedFor() throws Exception {
    Path script = installed();
    Path home = script.resolveSibling("..").toRealPath();
    Files.writeString(home.resolve("cli/target/classpath.txt"), script.toString());
    buildOnSpark(home);
    Path spark = Files.createDirectories(folder.resolve("spark"));
    Script printing =
        new Script(script)
            .with("JAVA_HOME", printer().toString())
            .with("SPARK_HOME", spark.toString());

    assertFalse(printing.run(home, "train").out().contains("spark"), "not asked for");
    assertFalse(printing.run(home, "score", "--help").out().contains("spark"), "only for help");
    Script.Answer refused = printing.run(home, "train", "--spark=local[2]");
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("which has no jars/spark-core_2.13-4"), refused.err());

    Files.createDirectories(spark.resolve("jars"));
    for (String jar : List.of("spark-core_2.13-4.1.0.jar", "log4j-slf4j2-impl-2.jar")) {
      Files.createFile(spark.resolve("jars").resolve(jar));
    }
    String own =
        home.resolve("cli-spark/target/cli-spark-0-SNAPSHOT.jar") + ":" + home + "/pom.xml";
    String ofHome = spark + "/conf:" + spark + "/jars/spark-core_2.13-4.1.0.jar:" + own;
    Script.Answer home4 = printing.run(home, "train", "--spark", "local[2]");
    assertTrue(home4.out().contains("-cp " + ofHome + " "), home4.out() + home4.err());
    assertTrue(home4.out().contains("-Dposteriori.jars=" + own + " "), home4.out());
    assertTrue(home4.out().contains("--add-opens=java.base/java.nio=ALL-UNNAMED"), home4.out());
    Script.Answer maven = printing.with("SPARK_HOME", "").run(home, "score");
    assertTrue(maven.out().contains("-cp maven-spark.jar:" + own + " "), maven.out() + maven.err());
  }
}
