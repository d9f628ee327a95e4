package io.github.posteriori.cli.report;

import io.github.posteriori.BayesModule;
import io.github.posteriori.cli.page.PageResource;
import io.github.posteriori.cli.run.OutputFolder;
import io.github.posteriori.cli.run.SavedRun;
import io.github.posteriori.likelihood.TargetKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Page that shows a run.
 *
 * @param run the run
 * @param module its network with the best weights
 * @param samples posterior samples, or other draws, that were averaged
 * @param findings what its predictions are worth
 * @param program name and version
 * @param written when
 */
public record RunReport(
    SavedRun run,
    BayesModule module,
    int samples,
    Findings findings,
    String program,
    Instant written) {

  /** Writes the page and says where it is. */
  public Path writeTo(Path file) {
    Path absolute = file.toAbsolutePath();
    OutputFolder.open(absolute.getParent())
        .write(
            absolute.getFileName().toString(),
            out -> out.write(page().getBytes(StandardCharsets.UTF_8)));
    return file;
  }

  /** Composes the page, HTML and well-formed XML at once. */
  String page() {
    List<Section> sections = new ArrayList<>();
    sections.add(TrainingSection.of(this));
    sections.addAll(findings.sections(this));
    sections.add(ProvenanceSection.of(this));
    Header header = new Header(this);
    Element main = Element.of("main");
    sections.forEach(section -> main.add(section.element()));
    Element html =
        Element.of("html")
            .set("lang", "en")
            .add(
                Element.of("head")
                    .add(
                        Element.of("meta").set("charset", "utf-8"),
                        Element.of("meta")
                            .set("name", "viewport")
                            .set("content", "width=device-width, initial-scale=1"),
                        Element.of("meta").set("name", "color-scheme").set("content", "light dark"),
                        Element.text("title", header.title()),
                        Element.style(sheet())),
                Element.of("body").add(header.element(sections), main));
    return "<!DOCTYPE html>\n" + html + "\n";
  }

  /** Tells whether classes are predicted, and not numbers or labels. */
  boolean predictsClasses() {
    return module.likelihood().kind() == TargetKind.CLASSES;
  }

  /** Tells whether predictions are averaged over a posterior, or over members. */
  boolean samplesPosterior() {
    return module.predictor().isRandom(module) || samples > 1;
  }

  /** The options of {@code train} that repeat the run, with the data folder as seen from here. */
  Map<String, String> options() {
    Map<String, String> options = run.config().options();
    options.computeIfPresent("data", (name, data) -> fromHere(Path.of(data)));
    return options;
  }

  private static String fromHere(Path folder) {
    Path here = Path.of("").toAbsolutePath();
    return folder.startsWith(here) && !folder.equals(here)
        ? here.relativize(folder).toString()
        : folder.toString();
  }

  private static String sheet() {
    return PageResource.theme() + PageResource.text(RunReport.class, "report.css");
  }
}
