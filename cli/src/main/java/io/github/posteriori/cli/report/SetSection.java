package io.github.posteriori.cli.report;

import io.github.posteriori.calibration.Calibration;
import io.github.posteriori.cli.figures.ImageUncertainty;
import io.github.posteriori.cli.figures.MeasuredSet;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Section on the sets of classes of a calibrated network: what they hold, and how large they are.
 */
final class SetSection {
  private SetSection() {}

  /** The sets of one size: how many there are, and how many of them hold the true class. */
  private record Size(int classes, long images, long covering) {}

  static Section of(MeasuredSet test, Calibration.OfClasses calibration) {
    List<Size> sizes = sizes(test);
    long covering = sizes.stream().mapToLong(Size::covering).sum();
    return new Section("sets", "Which classes can it be?")
        .say(
            "For each image the network names a set of classes, of which it promises that "
                + Figures.percent(calibration.coverage())
                + " hold the true one. Of the test images "
                + Figures.percent((double) covering / test.images().size())
                + " do, with "
                + Figures.decimals(test.meanSetSize().orElseThrow(), 3)
                + " classes on average.")
        .figures(table(sizes));
  }

  private static List<Size> sizes(MeasuredSet test) {
    int largest = test.images().stream().mapToInt(image -> set(image).length).max().orElse(0);
    return IntStream.rangeClosed(0, largest).mapToObj(size -> size(size, test)).toList();
  }

  private static Size size(int classes, MeasuredSet test) {
    List<ImageUncertainty> own =
        test.images().stream().filter(image -> set(image).length == classes).toList();
    long covering = own.stream().filter(SetSection::holds).count();
    return new Size(classes, own.size(), covering);
  }

  private static int[] set(ImageUncertainty image) {
    return image.set().orElseThrow();
  }

  private static boolean holds(ImageUncertainty image) {
    return Arrays.stream(set(image)).anyMatch(k -> k == image.label());
  }

  private static Element table(List<Size> sizes) {
    Table table = new Table("classes in the set", "images", "hold the true class");
    for (Size size : sizes) {
      if (size.images > 0) {
        table.row(
            Figures.count(size.classes),
            Figures.count(size.images),
            Figures.percent((double) size.covering / size.images));
      }
    }
    return Section.figure(
        "Sizes of the sets",
        table.element("numbers"),
        Section.paragraph(
            "The promise is one over all images: the sets of one size may hold the true class more"
                + " often or less."));
  }
}
