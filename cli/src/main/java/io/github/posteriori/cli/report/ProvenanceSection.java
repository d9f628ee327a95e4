package io.github.posteriori.cli.report;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Provenance;
import io.github.posteriori.cli.names.ExampleWord;
import io.github.posteriori.data.Dataset;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** Section on what the figures are of, and how to get them again. */
final class ProvenanceSection {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:,=+-]+");

  private ProvenanceSection() {}

  static Section of(RunReport report) {
    Map<String, String> options = report.options();
    Table settings = new Table();
    options.forEach(settings::row);
    return new Section("provenance", "Where this comes from")
        .say(
            "Everything that decided the run. With the same engine, this command trains the same"
                + " network again, to the same bytes:")
        .add(
            Element.of("pre")
                .set("tabindex", "0")
                .add(Element.text("code", "bin/posteriori train" + written(options))))
        .figures(
            Section.figure(
                "Configuration",
                settings.element("facts"),
                Section.paragraph("The options of train, with those that were left out.")),
            Section.figure(
                "Measurement",
                facts(report).element("facts"),
                Section.paragraph(
                    "The SHA-256 of the examples covers exactly those that were measured: how many,"
                        + " of which size and how many classes, and each label with its numbers."
                        + " Equal sums mean equal data.")));
  }

  private static Table facts(RunReport report) {
    BayesModule module = report.module();
    Dataset test = report.findings().test();
    ExampleWord word = report.findings().example();
    Table facts =
        new Table()
            .row("written", TIME.format(report.written()))
            .row("program", report.program())
            .row("measured on", Figures.count(test.size(), "test " + word) + " of " + test.name())
            .row("SHA-256 of the " + word.plural(), Fingerprint.of(test));
    report
        .findings()
        .outsideSet()
        .ifPresent(
            outside ->
                facts
                    .row(
                        "beside",
                        Figures.count(outside.size(), ExampleWord.of(outside).toString())
                            + " of "
                            + outside.name())
                    .row("SHA-256 of those", Fingerprint.of(outside)));
    facts
        .row("SHA-256 of the checkpoint", Fingerprint.of(report.run().folder().best()))
        .row("posterior samples", String.valueOf(report.samples()))
        .row("seed of the samples", String.valueOf(module.options().seed()))
        .row("engine", module.engine().name())
        .row("JVM", System.getProperty("java.vm.name") + " " + Runtime.version())
        .row("system", System.getProperty("os.name") + ", " + System.getProperty("os.arch"));
    module.provenance().ifPresent(trained -> trained(facts, trained, word));
    module.standardisation().ifPresent(by -> facts.row("inputs standardised by", by.toString()));
    return facts;
  }

  private static void trained(Table facts, Provenance trained, ExampleWord word) {
    facts
        .row("trained on", Figures.count(trained.trainingImages(), word.toString()))
        .row("best epoch", String.valueOf(trained.epochs()))
        .row("trained by", trained.engine() + " engine, Java " + trained.java());
  }

  private static String written(Map<String, String> options) {
    StringJoiner words = new StringJoiner(" ", " ", "");
    options.forEach((name, value) -> words.add("--" + name).add(quoted(value)));
    return words.toString();
  }

  /** Quotes a word for a shell. */
  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
