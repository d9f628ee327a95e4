package io.github.posteriori.cli.report;

import io.github.posteriori.cli.figures.ImagePixels;
import io.github.posteriori.cli.figures.ImageUncertainty;
import io.github.posteriori.cli.figures.Numerals;
import io.github.posteriori.cli.names.ExampleWord;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.uncertainty.Normalisation;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Section of the images that tell most about the network. */
final class GallerySection {
  private static final int EACH = 12;
  private static final Comparator<ImageUncertainty> CERTAIN_FIRST =
      Comparator.comparingDouble(ImageUncertainty::entropy);

  /** The names of the classes that the network predicts. */
  private final List<String> classes;

  private GallerySection(List<String> classes) {
    this.classes = classes;
  }

  static Section of(ClassFindings findings) {
    return new GallerySection(findings.test().classNames()).section(findings);
  }

  private Section section(ClassFindings findings) {
    Dataset test = findings.test();
    ExampleWord word = findings.example();
    List<ImageUncertainty> images = findings.measured().images();
    Section section =
        new Section("images", "Look at the " + word.plural())
            .say(
                "For each "
                    + word
                    + ": what it is and what it is taken for, the probability of that"
                    + " answer, and the two parts of its variance. Aleatoric uncertainty lies in"
                    + " it; epistemic uncertainty lies in the weights and would shrink with"
                    + " more data.");
    row(section, "Most certain and right", test, images, ImageUncertainty::right, CERTAIN_FIRST);
    if (images.stream().allMatch(ImageUncertainty::right)) {
      section.add(Element.text("h3", "Most certain and wrong"));
      section.say("None: each is taken for what it is.");
    } else {
      row(section, "Most certain and wrong", test, images, i -> !i.right(), CERTAIN_FIRST);
    }
    row(section, "Least certain", test, images, i -> true, CERTAIN_FIRST.reversed());
    findings
        .outside()
        .ifPresent(
            outside ->
                row(
                    section,
                    "Never seen, and yet most certain: " + outside.dataset().name(),
                    outside.dataset(),
                    outside.images(),
                    i -> true,
                    CERTAIN_FIRST));
    return section;
  }

  private void row(
      Section section,
      String heading,
      Dataset set,
      List<ImageUncertainty> images,
      Predicate<ImageUncertainty> wanted,
      Comparator<ImageUncertainty> order) {
    Element list = Element.of("ul", "shots");
    images.stream()
        .filter(wanted)
        .sorted(order)
        .limit(EACH)
        .forEach(image -> list.add(shot(set, image)));
    section.add(Element.text("h3", heading), list);
  }

  private Element shot(Dataset set, ImageUncertainty image) {
    String is = set.classNames().get(image.label());
    String takenFor = classes.get(image.predicted());
    boolean right = is.equals(takenFor);
    Element words = Element.of("p", right ? "answer" : "answer amiss").add(Element.text("b", is));
    if (!right) {
      words.text(" taken for ").add(Element.text("b", takenFor));
    }
    var softmax = image.decompositions().get(Normalisation.SOFTMAX);
    return Element.of("li")
        .add(
            Png.image(
                ImagePixels.of(set, image.index()),
                ExampleWord.of(set) + " " + image.index() + " of " + set.name() + ": " + is),
            words,
            Element.of("dl")
                .add(
                    pair("p", "probability", Numerals.probability(image.probability())),
                    pair("alea.", "aleatoric uncertainty", Numerals.of(softmax.totalAleatoric())),
                    pair("epi.", "epistemic uncertainty", Numerals.of(softmax.totalEpistemic()))));
  }

  private static Element pair(String name, String meaning, String value) {
    return Element.of("div")
        .add(
            Element.of("dt").add(Element.text("abbr", name).set("title", meaning)),
            Element.text("dd", value));
  }
}
