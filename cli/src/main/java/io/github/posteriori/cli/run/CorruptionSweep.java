package io.github.posteriori.cli.run;

import io.github.posteriori.Evaluator;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.corruption.Corruption;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** How good a network's predictions of a set are under every kind and strength of corruption. */
public final class CorruptionSweep {
  private static final String NLL = "test_nll";
  private static final String ECE = "test_ece";

  /** The figures of each strength, from 1. */
  private final Map<Corruption.Kind, List<Map<String, Double>>> figures =
      new EnumMap<>(Corruption.Kind.class);

  private final ShownScore score;

  private CorruptionSweep(ShownScore score) {
    this.score = score;
  }

  /**
   * Measures a network on a set, corrupted in every way.
   *
   * @param seed of what is drawn
   * @param lines receives the lines of a table as they are found: the score by kind and strength,
   *     and the means over the strengths and over all
   */
  public static CorruptionSweep of(
      Evaluator evaluator, Dataset set, long seed, Consumer<String> lines) {
    ShownScore score = ShownScore.of(evaluator.module().likelihood().score(0, 1));
    CorruptionSweep sweep = new CorruptionSweep(score);
    for (Corruption.Kind kind : Corruption.Kind.values()) {
      List<Map<String, Double>> found = new ArrayList<>();
      for (int strength = 1; strength <= Corruption.STRENGTHS; strength++) {
        Dataset corrupted = set.corrupted(new Corruption(kind, strength), seed);
        found.add(Measurement.of(evaluator, corrupted).figures());
      }
      if (sweep.figures.isEmpty()) {
        lines.accept(sweep.header(found.get(0).containsKey(ECE)));
      }
      sweep.figures.put(kind, found);
      lines.accept(sweep.row(kind.toString(), found, mean(found)));
    }
    lines.accept(sweep.row("mean", sweep.byStrength(), sweep.means()));
    return sweep;
  }

  /**
   * Checks that a set can be corrupted.
   *
   * @throws IllegalArgumentException if its examples are no pictures
   */
  public static void requireFit(Dataset set) {
    Corruption.all().get(0).requireFit(set.name(), set.shape());
  }

  private String header(boolean calibrated) {
    String unit = score == ShownScore.ACCURACY ? ", %" : "";
    StringBuilder line =
        new StringBuilder(String.format(Locale.ROOT, "%-18s", score.word() + unit));
    for (int strength = 1; strength <= Corruption.STRENGTHS; strength++) {
      line.append(String.format(Locale.ROOT, "%9d", strength));
    }
    line.append(String.format(Locale.ROOT, "%9s%9s", "mean", "NLL"));
    if (calibrated) {
      line.append(String.format(Locale.ROOT, "%9s", "ECE"));
    }
    return line.toString();
  }

  private String row(String name, List<Map<String, Double>> found, Map<String, Double> means) {
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-18s", name));
    found.forEach(figures -> line.append(cell(figures)));
    line.append(cell(means)).append(String.format(Locale.ROOT, "%9.4f", means.get(NLL)));
    if (means.containsKey(ECE)) {
      line.append(String.format(Locale.ROOT, "%9.4f", means.get(ECE)));
    }
    return line.toString();
  }

  private String cell(Map<String, Double> figures) {
    double shown = score.shown(figures.get("test_" + score.key()));
    return score == ShownScore.ACCURACY
        ? String.format(Locale.ROOT, "%9.2f", shown)
        : String.format(Locale.ROOT, "%9s", Digits.significant(shown, 4));
  }

  /** Returns for each strength the means over the kinds. */
  private List<Map<String, Double>> byStrength() {
    List<Map<String, Double>> means = new ArrayList<>();
    for (int i = 0; i < Corruption.STRENGTHS; i++) {
      int strength = i;
      means.add(mean(figures.values().stream().map(found -> found.get(strength)).toList()));
    }
    return means;
  }

  /** The means of the figures over all kinds and strengths, by their keys. */
  public Map<String, Double> means() {
    return mean(figures.values().stream().flatMap(List::stream).toList());
  }

  /** Returns the mean of each figure; null where one of them is not defined. */
  private static Map<String, Double> mean(List<Map<String, Double>> all) {
    Map<String, Double> means = new LinkedHashMap<>();
    for (String key : all.get(0).keySet()) {
      boolean defined = all.stream().allMatch(figures -> figures.get(key) != null);
      means.put(
          key,
          defined
              ? all.stream().mapToDouble(figures -> figures.get(key)).average().orElseThrow()
              : null);
    }
    return means;
  }

  /** The figures by the name of the kind, for each strength from 1. */
  public Map<String, List<Map<String, Double>>> figures() {
    return figures.entrySet().stream()
        .collect(
            Collectors.toMap(
                entry -> entry.getKey().toString(),
                Map.Entry::getValue,
                (one, other) -> one,
                LinkedHashMap::new));
  }

  /**
   * Writes {@code corruptions.csv}, with a row for each kind and strength: {@code corruption,
   * strength} and the figures.
   */
  public Path write(OutputFolder folder) {
    return folder.write("corruptions.csv", this::writeTo);
  }

  private void writeTo(OutputStream out) throws IOException {
    StringJoiner header = new StringJoiner(",").add("corruption").add("strength");
    means().keySet().forEach(header::add);
    line(out, header);
    for (Map.Entry<Corruption.Kind, List<Map<String, Double>>> entry : figures.entrySet()) {
      for (int i = 0; i < Corruption.STRENGTHS; i++) {
        StringJoiner row = new StringJoiner(",").add(entry.getKey().toString()).add("" + (i + 1));
        entry.getValue().get(i).values().forEach(value -> row.add(value == null ? "" : "" + value));
        line(out, row);
      }
    }
  }

  private static void line(OutputStream out, StringJoiner cells) throws IOException {
    out.write((cells + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
