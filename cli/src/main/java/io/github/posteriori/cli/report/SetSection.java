package io.github.posteriori.cli.report;

import io.github.posteriori.calibration.Calibration;
import io.github.posteriori.calibration.ConformalSets;
import io.github.posteriori.cli.figures.ImageUncertainty;
import io.github.posteriori.cli.figures.MeasuredSet;
import java.util.ArrayList;
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
    List<int[]> sets = sets(test, calibration.sets());
    List<Size> sizes = sizes(test, sets);
    long covering = sizes.stream().mapToLong(Size::covering).sum();
    double members = sizes.stream().mapToDouble(size -> size.classes * size.images).sum();
    return new Section("sets", "Which classes can it be?")
        .say(
            "For each image the network names a set of classes, of which it promises that "
                + Figures.percent(calibration.coverage())
                + " hold the true one. Of the test images "
                + Figures.percent((double) covering / sets.size())
                + " do, with "
                + Figures.decimals(members / sets.size(), 3)
                + " classes on average.")
        .figures(table(sizes));
  }

  private static List<int[]> sets(MeasuredSet test, ConformalSets sets) {
    float[] pixels = new float[test.dataset().shape().size()];
    List<int[]> all = new ArrayList<>();
    for (int i = 0; i < test.images().size(); i++) {
      test.dataset().image(i, pixels, 0);
      double u = ConformalSets.uniform(pixels, 0, pixels.length);
      all.add(sets.classes(test.images().get(i).probabilities(), u));
    }
    return all;
  }

  private static List<Size> sizes(MeasuredSet test, List<int[]> sets) {
    int largest = sets.stream().mapToInt(set -> set.length).max().orElse(0);
    return IntStream.rangeClosed(0, largest).mapToObj(size -> size(size, test, sets)).toList();
  }

  private static Size size(int classes, MeasuredSet test, List<int[]> sets) {
    int[] own =
        IntStream.range(0, sets.size()).filter(i -> sets.get(i).length == classes).toArray();
    long covering =
        Arrays.stream(own).filter(i -> holds(sets.get(i), test.images().get(i))).count();
    return new Size(classes, own.length, covering);
  }

  private static boolean holds(int[] set, ImageUncertainty image) {
    return Arrays.stream(set).anyMatch(k -> k == image.label());
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
