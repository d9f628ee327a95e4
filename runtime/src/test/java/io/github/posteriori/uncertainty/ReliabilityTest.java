package io.github.posteriori.uncertainty;

import static io.github.posteriori.uncertainty.Answers.right;
import static io.github.posteriori.uncertainty.Answers.wrong;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.posteriori.uncertainty.Reliability.Bin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReliabilityTest {
  /** By hand: 0.61 and 0.65 lie between 9/15 and 10/15, 0.7 and 0.72 between 10/15 and 11/15. */
  @Test
  void putsAnswersIntoBinsOfEqualWidth() {
    Reliability reliability =
        Reliability.ofEqualWidth(List.of(right(0.7), wrong(0.61), right(0.65), right(0.72)));
    assertEquals(2, reliability.bins().size());
    assertBin(new Bin(9 / 15.0, 10 / 15.0, 2, 0.63, 0.5), reliability.bins().get(0));
    assertBin(new Bin(10 / 15.0, 11 / 15.0, 2, 0.71, 1), reliability.bins().get(1));
    assertEquals((2 * 0.13 + 2 * 0.29) / 4, reliability.error(), 1e-12);
  }

  private static void assertBin(Bin expected, Bin bin) {
    assertEquals(expected.low(), bin.low(), 1e-15);
    assertEquals(expected.high(), bin.high(), 1e-15);
    assertEquals(expected.count(), bin.count());
    assertEquals(expected.confidence(), bin.confidence(), 1e-12);
    assertEquals(expected.accuracy(), bin.accuracy(), 1e-12);
    assertEquals(Math.abs(expected.accuracy() - expected.confidence()), bin.gap(), 1e-12);
  }

  @Test
  void putsFullConfidenceIntoTheLastBinAndNoneIntoTheFirst() {
    List<Bin> bins = Reliability.ofEqualWidth(List.of(right(1), right(0.95), wrong(0))).bins();
    assertEquals(new Bin(0, 1 / 15.0, 1, 0, 0), bins.get(0));
    assertEquals(2, bins.get(1).count());
    assertEquals(1, bins.get(1).high());
  }

  /** By hand: of 30 answers each bin gets two; the two of bin b are 2b and 2b + 1 hundredths. */
  @Test
  void putsEquallyManyAnswersIntoBinsOfEqualMass() {
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      answers.add(i % 2 == 0 ? right(i / 100.0) : wrong(i / 100.0));
    }
    Collections.shuffle(answers, new Random(2));
    Reliability reliability = Reliability.ofEqualMass(answers);
    assertEquals(15, reliability.bins().size());
    for (int b = 0; b < 15; b++) {
      double low = 2 * b / 100.0;
      assertBin(new Bin(low, low + 0.01, 2, low + 0.005, 0.5), reliability.bins().get(b));
    }
    // The mean of 0.5 - (2b + 1/2) / 100, all of which are above 0.
    assertEquals(0.5 - 0.145, reliability.error(), 1e-12);
  }

  /** Two bins of equal width, and one of equal mass for each of the three answers. */
  @Test
  void keepsFewAnswersApartInBinsOfEqualMass() {
    List<Answer> answers = List.of(right(0.91), wrong(0.92), right(0.3));
    assertEquals(
        List.of(0.3, 0.91, 0.92),
        Reliability.ofEqualMass(answers).bins().stream().map(Bin::low).toList());
    assertEquals((0.7 + 0.09 + 0.92) / 3, Reliability.ofEqualMass(answers).error(), 1e-12);
    assertEquals((0.7 + 1.83 - 1) / 3, Reliability.ofEqualWidth(answers).error(), 1e-12);
  }

  @Test
  void keepsAnswersOfOneConfidenceInOneBin() {
    List<Answer> answers = new ArrayList<>(Collections.nCopies(70, right(0.8)));
    answers.addAll(Collections.nCopies(30, wrong(0.8)));
    for (Reliability reliability :
        List.of(Reliability.ofEqualMass(answers), Reliability.ofEqualWidth(answers))) {
      assertEquals(1, reliability.bins().size());
      assertEquals(100, reliability.bins().get(0).count());
      assertEquals(0.1, reliability.error(), 1e-12);
    }
  }

  @Test
  void hasNoErrorWhereConfidenceIsKept() {
    List<Answer> answers = new ArrayList<>();
    for (int tenths = 0; tenths <= 10; tenths++) {
      answers.addAll(Collections.nCopies(tenths, right(tenths / 10.0)));
      answers.addAll(Collections.nCopies(10 - tenths, wrong(tenths / 10.0)));
    }
    assertEquals(0, Reliability.ofEqualWidth(answers).error(), 1e-15);
    assertEquals(0, Reliability.ofEqualMass(answers).error(), 1e-15);
  }

  @Test
  void isAllErrorWhereSureAnswersAreWrong() {
    assertEquals(1, Reliability.ofEqualWidth(List.of(wrong(1), wrong(1))).error());
    assertEquals(1, Reliability.ofEqualMass(List.of(wrong(1), wrong(1))).error());
  }

  /** Each bin by a pass of its own over all answers; its number in whole thousandths. */
  @Test
  void agreesWithAPassForEachBin() {
    for (int seed = 0; seed < 20; seed++) {
      List<Answer> answers = Answers.random(200, seed % 2 == 0 ? 1 : 25, seed);
      int[] width = new int[200];
      int[] mass = new int[200];
      for (int i = 0; i < 200; i++) {
        double confidence = answers.get(i).confidence();
        long below = answers.stream().filter(a -> a.confidence() < confidence).count();
        long upTo = answers.stream().filter(a -> a.confidence() <= confidence).count();
        width[i] = Math.min((int) Math.round(1000 * confidence) * 15 / 1000, 14);
        mass[i] = (int) ((below + upTo) * 15 / 400);
      }
      assertEquals(error(answers, width), Reliability.ofEqualWidth(answers).error(), 1e-12);
      assertEquals(error(answers, mass), Reliability.ofEqualMass(answers).error(), 1e-12);
    }
  }

  private static double error(List<Answer> answers, int[] bins) {
    double error = 0;
    for (int b = 0; b < 15; b++) {
      int bin = b;
      List<Answer> in =
          IntStream.range(0, bins.length)
              .filter(i -> bins[i] == bin)
              .mapToObj(answers::get)
              .toList();
      double right = in.stream().filter(Answer::right).count();
      double confidence = in.stream().mapToDouble(Answer::confidence).sum();
      error += Math.abs(right - confidence) / answers.size();
    }
    return error;
  }

  /** Where 15 divides the number of answers, and none are equal, these are slices. */
  @Test
  void slicesTheSortedAnswersIntoBinsOfEqualMass() {
    List<Answer> answers = new ArrayList<>();
    Random random = new Random(8);
    for (int i = 0; i < 195; i++) {
      double confidence = random.nextDouble();
      answers.add(random.nextDouble() < confidence ? right(confidence) : wrong(confidence));
    }
    List<Answer> sorted = new ArrayList<>(answers);
    sorted.sort(Comparator.comparingDouble(Answer::confidence));
    double gaps = 0;
    for (int start = 0; start < 195; start += 13) {
      List<Answer> slice = sorted.subList(start, start + 13);
      double accuracy = slice.stream().filter(Answer::right).count() / 13.0;
      gaps +=
          Math.abs(
              accuracy - slice.stream().mapToDouble(Answer::confidence).average().orElseThrow());
    }
    Reliability reliability = Reliability.ofEqualMass(answers);
    assertEquals(gaps / 15, reliability.error(), 1e-12);
    assertEquals(sorted.get(0).confidence(), reliability.bins().get(0).low());
    assertEquals(sorted.get(194).confidence(), reliability.bins().get(14).high());
  }

  @Test
  void doesNotDependOnTheOrderOfTheImages() {
    List<Answer> answers = Answers.random(200, 50, 4);
    List<Answer> shuffled = new ArrayList<>(answers);
    Collections.shuffle(shuffled, new Random(1));
    assertEquals(Reliability.ofEqualMass(answers), Reliability.ofEqualMass(shuffled));
    assertEquals(Reliability.ofEqualWidth(answers), Reliability.ofEqualWidth(shuffled));
  }

  @Test
  void findsTheSameBinsOfEqualMassUnderARisingFunction() {
    List<Answer> answers = Answers.random(200, 25, 5);
    List<Answer> squared =
        answers.stream()
            .map(a -> new Answer(a.label(), a.predicted(), a.confidence() * a.confidence()))
            .toList();
    List<Bin> bins = Reliability.ofEqualMass(answers).bins();
    List<Bin> squaredBins = Reliability.ofEqualMass(squared).bins();
    assertEquals(
        bins.stream().map(Bin::count).toList(), squaredBins.stream().map(Bin::count).toList());
    assertEquals(
        bins.stream().map(Bin::accuracy).toList(),
        squaredBins.stream().map(Bin::accuracy).toList());
  }

  @Test
  void takesMeansThatExceedOneByRounding() {
    assertEquals(0, Reliability.ofEqualWidth(List.of(right(Math.nextUp(1.0)))).error(), 1e-15);
  }

  @Test
  void refusesWhatIsNoProbability() {
    assertEquals(
        "the confidence at position 1 is 87.0, expected a probability from 0 to 1: take that of the"
            + " most probable class",
        assertThrows(
                IllegalArgumentException.class,
                () -> Reliability.ofEqualWidth(List.of(right(1), right(87))))
            .getMessage());
    for (double wrong : new double[] {Double.NaN, -0.1, Double.POSITIVE_INFINITY}) {
      assertThrows(
          IllegalArgumentException.class, () -> Reliability.ofEqualMass(List.of(right(wrong))));
    }
    assertEquals(
        "there are no answers, expected at least one",
        assertThrows(IllegalArgumentException.class, () -> Reliability.ofEqualMass(List.of()))
            .getMessage());
    assertThrows(NullPointerException.class, () -> Reliability.ofEqualWidth(null));
  }
}
