package io.github.posteriori.cli;

import io.github.posteriori.cli.run.Digits;
import io.github.posteriori.cli.run.OwnSet;
import io.github.posteriori.cli.run.RunData;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Targets;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The table of what was read of a set of the user's own: examples by part and class or number. */
final class ReadTable {
  private static final int MOST_CLASSES = 20;
  private static final int MOST_SKIPPED = 5;
  private static final int DIGITS = 5;

  private ReadTable() {}

  static void print(OwnSet set, RunData data, PrintStream log) {
    Dataset train = data.train();
    log.printf(Locale.ROOT, "read from %s%n", set.name());
    print("train", train, log);
    data.valid().ifPresent(valid -> print("valid", valid, log));
    print("test", data.test(), log);
  }

  /** Says what of a set was not read, and why. */
  static void printLeftOut(OwnSet set, PrintStream log) {
    List<String> skipped = set.skipped();
    if (!skipped.isEmpty()) {
      log.printf(Locale.ROOT, "%s: left out %d:%n", set.name(), skipped.size());
      skipped.stream().limit(MOST_SKIPPED).forEach(reason -> log.println("  " + reason));
      if (skipped.size() > MOST_SKIPPED) {
        log.printf(Locale.ROOT, "  and %d more%n", skipped.size() - MOST_SKIPPED);
      }
    }
  }

  private static void print(String part, Dataset set, PrintStream log) {
    if (!set.targetNames().isEmpty()) {
      printNumbers(part, set, log);
      return;
    }
    int[] counts = counts(set);
    List<String> names = set.classNames();
    for (int k = 0; k < Math.min(MOST_CLASSES, counts.length); k++) {
      row(part, names.get(k), counts[k], log);
    }
    if (counts.length > MOST_CLASSES) {
      int rest = Arrays.stream(counts, MOST_CLASSES, counts.length).sum();
      row(part, (counts.length - MOST_CLASSES) + " more classes", rest, log);
    }
    row(part, "all", set.size(), log);
  }

  /** Prints what each target of numbers holds. */
  private static void printNumbers(String part, Dataset set, PrintStream log) {
    int[] all = IntStream.range(0, set.size()).toArray();
    float[] values = ((Targets.Values) set.targets(all)).values();
    List<String> names = set.targetNames();
    for (int k = 0; k < Math.min(MOST_CLASSES, names.size()); k++) {
      int target = k;
      DoubleSummaryStatistics seen =
          Arrays.stream(all)
              .mapToDouble(i -> values[i * names.size() + target])
              .summaryStatistics();
      log.printf(
          Locale.ROOT,
          "%-6s %-24s %8d   mean %s, from %s to %s%n",
          part,
          names.get(k),
          seen.getCount(),
          Digits.significant(seen.getAverage(), DIGITS),
          Digits.significant(seen.getMin(), DIGITS),
          Digits.significant(seen.getMax(), DIGITS));
    }
    if (names.size() > MOST_CLASSES) {
      row(part, (names.size() - MOST_CLASSES) + " more targets", set.size(), log);
    }
  }

  private static void row(String part, String name, int count, PrintStream log) {
    log.printf(Locale.ROOT, "%-6s %-24s %8d%n", part, name, count);
  }

  private static int[] counts(Dataset set) {
    int[] counts = new int[set.classes()];
    IntStream.range(0, set.size()).forEach(i -> counts[set.label(i)]++);
    return counts;
  }
}
