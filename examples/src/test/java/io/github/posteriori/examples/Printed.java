package io.github.posteriori.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a program printed. */
record Printed(String out, String err) {

  interface Program {
    void run() throws Exception;
  }

  static Printed by(Program program) throws Exception {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    ByteArrayOutputStream warned = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, UTF_8));
    System.setErr(new PrintStream(warned, true, UTF_8));
    try {
      program.run();
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    return new Printed(printed.toString(UTF_8), warned.toString(UTF_8));
  }

  /** The number that follows {@code words} in standard output. */
  double number(String words) {
    Matcher matcher = Pattern.compile(Pattern.quote(words) + " ([0-9.]+)").matcher(out);
    if (!matcher.find()) {
      throw new AssertionError("no number after '" + words + "' in:\n" + out);
    }
    return Double.parseDouble(matcher.group(1));
  }
}
