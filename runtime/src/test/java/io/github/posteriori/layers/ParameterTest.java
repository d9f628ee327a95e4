package io.github.posteriori.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.Numbers;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ParameterTest {
  private static final float[] START = {1, 2, 3, 4, 5, 6};

  private final Parameter parameter = Parameter.trained("fc.W_mu", START, 2, 3);

  @Test
  void holdsACopyOfItsStart() {
    float[] start = START.clone();
    Parameter other = Parameter.trained("fc.W_mu", start, 2, 3);
    start[0] = 9;
    assertArrayEquals(START, Numbers.of(other));
    assertEquals("fc.W_mu[2, 3]", other.toString());
    assertEquals(6, other.size());
    assertTrue(other.trained());
    assertFalse(Parameter.statistic("bn.running_mean", START, 6).trained());
  }

  @Test
  void takesItsStartFromAnArrayOfAnyTypeAndOrdering() {
    INDArray start = Nd4j.createFromArray(new double[][] {{1, 2, 3}, {4, 5, 6}}).dup('f');
    assertEquals(DataType.DOUBLE, start.dataType());
    Parameter other = Parameter.trained("own.factor", start);
    assertArrayEquals(START, Numbers.of(other));
    assertArrayEquals(new long[] {2, 3}, other.shape());
  }

  @Test
  void isReadAsAWholeAndInParts() {
    assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, parameter.numbers());
    float[] part = new float[4];
    parameter.read(2, 3, part, 1);
    assertArrayEquals(new float[] {0, 3, 4, 5}, part);
  }

  @Test
  void isWrittenAsAWholeAndInParts() {
    parameter.write(4, 2, new float[] {0, 7, 8}, 1);
    assertArrayEquals(new float[] {1, 2, 3, 4, 7, 8}, Numbers.of(parameter));
    float[] all = {6, 5, 4, 3, 2, 1};
    parameter.write(all);
    all[0] = 9;
    assertArrayEquals(new float[] {6, 5, 4, 3, 2, 1}, Numbers.of(parameter));
  }

  @Test
  void hasANewVersionAfterEachWriteAndAfterNothingElse() {
    long before = parameter.version();
    Numbers.of(parameter);
    parameter.numbers();
    parameter.value().assign(7);
    parameter.gradient().assign(7);
    parameter.writeGradient(0, 6, START, 0);
    parameter.clearGradient();
    assertEquals(before, parameter.version());
    parameter.write(START);
    long after = parameter.version();
    assertTrue(after > before);
    parameter.write(5, 1, START, 0);
    assertTrue(parameter.version() > after);
  }

  @Test
  void countsTheWritesOfAllThreads() {
    long before = parameter.version();
    IntStream.range(0, 1000).parallel().forEach(i -> parameter.write(i % 6, 1, START, 0));
    assertEquals(before + 1000, parameter.version());
  }

  @Test
  void handsOutItsShapeAsACopy() {
    parameter.shape()[0] = 9;
    assertArrayEquals(new long[] {2, 3}, parameter.shape());
  }

  @Test
  void refusesAShapeOfAnotherSize() {
    assertEquals(
        "fc.W_mu has the shape [2, 2] and 6 numbers, expected 4",
        assertThrows(
                IllegalArgumentException.class, () -> Parameter.trained("fc.W_mu", START, 2, 2))
            .getMessage());
  }

  @Test
  void refusesArraysOfAnotherLength() {
    String expected = "fc.W_mu has 6 numbers, but the array has 5: hand over one of size()";
    float[] five = new float[5];
    assertEquals(
        expected,
        assertThrows(IllegalArgumentException.class, () -> parameter.read(five)).getMessage());
    assertEquals(
        expected,
        assertThrows(IllegalArgumentException.class, () -> parameter.write(five)).getMessage());
    assertArrayEquals(START, Numbers.of(parameter));
    assertThrows(IndexOutOfBoundsException.class, () -> parameter.write(4, 3, new float[3], 0));
  }

  @Test
  void givesAUsersLayerACopyOfItsNumbers() {
    INDArray value = parameter.value();
    assertEquals(Nd4j.createFromArray(new float[][] {{1, 2, 3}, {4, 5, 6}}), value);
    value.assign(7);
    assertArrayEquals(START, Numbers.of(parameter));
    parameter.write(new float[6]);
    assertEquals(Nd4j.ones(2, 3).muli(7), value, "a copy does not change with the parameter");
    assertEquals(Nd4j.zeros(2, 3), parameter.value());
  }

  @Test
  void hasNoGradientUntilOneIsWritten() {
    assertArrayEquals(new float[6], Numbers.gradients(parameter));
    parameter.writeGradient(2, 2, START, 4);
    assertArrayEquals(new float[] {0, 0, 5, 6, 0, 0}, Numbers.gradients(parameter));
    parameter.writeGradient(2, 1, START, 0);
    assertArrayEquals(new float[] {0, 0, 1, 6, 0, 0}, Numbers.gradients(parameter), "replaced");
    parameter.clearGradient();
    assertArrayEquals(new float[6], Numbers.gradients(parameter));
  }

  @Test
  void takesWhatAUsersLayerAddedToItsGradientOnce() {
    parameter.writeGradient(0, 6, START, 0);
    parameter.gradient().addi(10);
    parameter.gradient().addi(20);
    parameter.takeAddedGradient();
    assertArrayEquals(new float[] {31, 32, 33, 34, 35, 36}, Numbers.gradients(parameter));
    parameter.takeAddedGradient();
    assertArrayEquals(new float[] {31, 32, 33, 34, 35, 36}, Numbers.gradients(parameter));
    parameter.gradient().addi(1);
    parameter.clearGradient();
    parameter.takeAddedGradient();
    assertArrayEquals(new float[6], Numbers.gradients(parameter));
  }

  @Test
  void refusesARangeThatIsNotThere() {
    int[][] ranges = {{-1, 2, 0}, {5, 2, 0}, {0, 4, 0}, {0, 2, 2}, {0, 2, -1}, {0, -1, 0}};
    for (int[] r : ranges) {
      String expected =
          "fc.W_mu has 6 numbers and the array 3, expected %d from %d and %d on: hand over a range"
              + " within both";
      for (Executable use :
          List.<Executable>of(
              () -> parameter.read(r[0], r[1], new float[3], r[2]),
              () -> parameter.write(r[0], r[1], new float[3], r[2]))) {
        assertEquals(
            expected.formatted(r[1], r[0], r[2]),
            assertThrows(IndexOutOfBoundsException.class, use).getMessage());
      }
    }
    assertArrayEquals(START, Numbers.of(parameter));
    assertEquals(0, parameter.version());
  }
}
