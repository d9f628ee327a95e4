package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import io.github.posteriori.uncertainty.Normalisation;
import io.github.posteriori.uncertainty.Uncertainty;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** An array is converted if it can mean one thing only, and is otherwise refused. */
class GivenArraysTest {
  private static final Shape.Image GREY = Shape.image(1, 5, 4);
  private static final Shape.Image COLOUR = Shape.image(3, 5, 4);

  private static Chain ofImages(Shape.Image input) {
    return Chain.of(
        ModuleOptions.defaults().withEstimator(Estimator.POINT),
        build -> {
          NetworkLayer conv = build.conv("conv", input, Filters.of(2, Window.kernel(3, 3)));
          NetworkLayer flatten = build.flatten("flatten", conv.output());
          NetworkLayer fc = build.bayesLinear("fc", flatten.output(), 3, true);
          return List.<NetworkLayer[]>of(
              new NetworkLayer[] {conv}, new NetworkLayer[] {flatten}, new NetworkLayer[] {fc});
        });
  }

  private static Chain ofFeatures(int count) {
    return Chain.of(
        ModuleOptions.defaults().withEstimator(Estimator.POINT),
        build ->
            List.<NetworkLayer[]>of(
                new NetworkLayer[] {build.bayesLinear("fc", Shape.features(count), 3, true)}));
  }

  /** Every pixel is another one, so that no two orders look the same. */
  private static INDArray images(Shape.Image shape, int count) {
    return Nd4j.linspace(0, 1, (long) count * shape.size(), DataType.FLOAT)
        .reshape(shape.batch(count));
  }

  private static void assertTakenAs(INDArray expected, INDArray given, BayesModule module) {
    assertEquals(module.forward(expected).logits(), module.forward(given).logits());
    assertEquals(
        module.predict(expected, 2).probabilities(), module.predict(given, 2).probabilities());
  }

  private static String refusal(BayesModule module, INDArray given) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> module.forward(given)).getMessage();
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> module.predict(given, 2)).getMessage());
    return message;
  }

  @Test
  void oneImageNeedsNoBatch() {
    assertTakenAs(images(GREY, 1), images(GREY, 1).reshape(1, 5, 4), ofImages(GREY));
    assertTakenAs(images(GREY, 1), images(GREY, 1).reshape(5, 4), ofImages(GREY));
    assertTakenAs(images(COLOUR, 1), images(COLOUR, 1).reshape(3, 5, 4), ofImages(COLOUR));
    INDArray features = Nd4j.linspace(0, 1, 6, DataType.FLOAT);
    assertTakenAs(features.reshape(1, 6), features, ofFeatures(6));
  }

  @Test
  void greyImagesNeedNoChannels() {
    assertTakenAs(images(GREY, 7), images(GREY, 7).reshape(7, 5, 4), ofImages(GREY));
    assertTakenAs(images(GREY, 5), images(GREY, 5).reshape(5, 5, 4), ofImages(GREY));
  }

  @Test
  void channelsMayComeLast() {
    for (Shape.Image shape : List.of(GREY, COLOUR)) {
      INDArray first = images(shape, 6);
      INDArray last = first.permute(0, 2, 3, 1).dup('c');
      assertTakenAs(first, last, ofImages(shape));
      INDArray one = last.get(NDArrayIndex.point(3));
      assertTakenAs(first.get(NDArrayIndex.interval(3, 4)), one, ofImages(shape));
    }
  }

  @Test
  void channelsInTheLastPlaceAreRefusedWhereTheyCouldBeRowsOrColumns() {
    for (Shape.Image shape : List.of(Shape.image(3, 3, 8), Shape.image(3, 8, 3))) {
      INDArray last = images(shape, 2).permute(0, 2, 3, 1).dup('c');
      String message = refusal(ofImages(shape), last);
      assertEquals(
          "expected "
              + shape.toString().replace("[", "[batch, ")
              + ", got "
              + Arrays.toString(last.shape())
              + ": bring the dimensions into this order, with permute or reshape",
          message);
    }
  }

  @Test
  void viewsAndOrdersAreTakenAsTheyRead() {
    INDArray wide = images(Shape.image(3, 5, 8), 6);
    INDArray view =
        wide.get(
            NDArrayIndex.all(),
            NDArrayIndex.all(),
            NDArrayIndex.all(),
            NDArrayIndex.interval(0, 2, 8));
    Chain module = ofImages(COLOUR);
    assertTakenAs(view.dup('c'), view, module);
    assertTakenAs(view.dup('c'), view.dup('f'), module);
    INDArray same = images(COLOUR, 1).reshape(1, 60).broadcast(4, 60).reshape(4, 3, 5, 4);
    assertTakenAs(same.dup('c'), same, module);
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"DOUBLE", "HALF", "BFLOAT16"})
  void everyFloatTypeIsTaken(DataType type) {
    INDArray given = images(COLOUR, 3).castTo(type);
    assertTakenAs(given.castTo(DataType.FLOAT), given, ofImages(COLOUR));
  }

  @Test
  void bytesOfTheTypeForBytesAreDividedBy255() {
    INDArray bytes =
        Nd4j.linspace(0, 255, 180, DataType.FLOAT).reshape(3, 3, 5, 4).castTo(DataType.UINT8);
    assertTakenAs(bytes.castTo(DataType.FLOAT).div(255), bytes, ofImages(COLOUR));
    INDArray black = Nd4j.zeros(DataType.UINT8, 2, 3, 5, 4);
    assertTakenAs(black.castTo(DataType.FLOAT), black, ofImages(COLOUR));
  }

  @Test
  void bytesOfZeroAndOneAloneAreRefused() {
    INDArray bytes = Nd4j.ones(DataType.UINT8, 2, 3, 5, 4);
    assertEquals(
        "images is of type UBYTE, and its largest number is 1, expected pixels from 0 to 1, or"
            + " bytes from 0 to 255 of type UINT8: convert it to FLOAT and divide by the largest"
            + " that a pixel can have",
        refusal(ofImages(COLOUR), bytes));
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"BYTE", "SHORT", "INT", "LONG", "UINT16", "UINT32", "UINT64", "BOOL"})
  void integersAreZeroAndOneOrRefused(DataType type) {
    INDArray bits = images(COLOUR, 3).gt(0.4).castTo(type);
    assertTakenAs(bits.castTo(DataType.FLOAT), bits, ofImages(COLOUR));
    if (type != DataType.BOOL) {
      INDArray bytes = images(COLOUR, 3).mul(100).castTo(type);
      assertEquals(
          "images is of type "
              + type
              + ", and its largest number is 100, expected pixels from 0 to 1, or bytes from 0 to"
              + " 255 of type UINT8: convert it to FLOAT and divide by the largest that a pixel"
              + " can have",
          refusal(ofImages(COLOUR), bytes));
    }
  }

  @Test
  void bytesThatTurnedNegativeAreRefused() {
    INDArray bytes = Nd4j.createFromArray(new byte[60]).reshape(1, 3, 5, 4);
    bytes.putScalar(7, (byte) 200);
    refusal(ofImages(COLOUR), bytes);
  }

  @Test
  void featuresAreAnyNumbersButBytes() {
    INDArray counts = Nd4j.createFromArray(new int[] {-1000, 0, 7, 1_000_000}).reshape(1, 4);
    assertTakenAs(counts.castTo(DataType.FLOAT), counts, ofFeatures(4));
    INDArray large = Nd4j.createFromArray(new float[] {-1e6f, 0, 7, 1e6f}).reshape(1, 4);
    assertTakenAs(large.castTo(DataType.DOUBLE), large, ofFeatures(4));
    refusal(ofFeatures(4), counts.castTo(DataType.UINT8));
  }

  @Test
  void pixelsFromZeroTo255AreRefusedWithTheRemedy() {
    INDArray given = images(COLOUR, 4).mul(255);
    String expected =
        " has 255.0 at position 59 of [3, 5, 4], expected pixels from 0 to 1: divide by the largest"
            + " that a pixel can have, 255 for bytes";
    assertEquals(
        "image 0 has 62.94979 at position 59 of [3, 5, 4]",
        refusal(ofImages(COLOUR), given).split(", expected")[0]);
    assertEquals(
        "image 0" + expected, refusal(ofImages(COLOUR), given.get(NDArrayIndex.interval(3, 4))));
    Mixture mixture = Mixture.of(List.of(ofImages(COLOUR), ofImages(COLOUR)));
    assertThrows(
        IllegalArgumentException.class,
        () -> mixture.predict(given, 1, Normalisation.SOFTMAX, Uncertainty.BOTH));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e30, -1e30, 101, -101, 11})
  void aPixelThatIsNeitherFromZeroToOneNorStandardisedIsRefused(double pixel) {
    INDArray given = images(COLOUR, 3);
    given.putScalar(new int[] {1, 2, 4, 3}, pixel);
    assertEquals(
        "image 1 has "
            + (float) pixel
            + " at position 59 of [3, 5, 4], expected pixels from 0 to 1: divide by the largest"
            + " that a pixel can have, 255 for bytes",
        refusal(ofImages(COLOUR), given));
  }

  @ParameterizedTest
  @CsvSource({"0.1307, 0.3081", "0.5, 0.5", "0.485, 0.229", "0.1, 0.1"})
  void standardisedPixelsAreTaken(double mean, double deviation) {
    INDArray given = images(COLOUR, 3).sub(mean).div(deviation);
    assertTakenAs(given.castTo(DataType.DOUBLE).castTo(DataType.FLOAT), given, ofImages(COLOUR));
  }

  @Test
  void anEmptyBatchIsRefused() {
    assertEquals(
        "images holds 0 images, expected 1 to 35791393: hand them over in several batches, none"
            + " empty",
        refusal(ofImages(COLOUR), Nd4j.create(DataType.FLOAT, 0, 3, 5, 4)));
  }

  @Test
  void otherShapesAreRefused() {
    Chain colour = ofImages(COLOUR);
    String other = ": hand over images of this shape, or create the module for yours";
    String order = ": bring the dimensions into this order, with permute or reshape";
    String expected = "expected [batch, 3, 5, 4], got ";
    assertEquals(expected + "[2, 1, 5, 4]" + other, refusal(colour, images(GREY, 2)));
    assertEquals(expected + "[2, 5, 4]" + other, refusal(colour, Nd4j.zeros(2, 5, 4)));
    assertEquals(expected + "[5, 4]" + other, refusal(colour, Nd4j.zeros(5, 4)));
    assertEquals(expected + "[]" + other, refusal(colour, Nd4j.scalar(1f)));
    assertEquals(expected + "[2, 60]" + order, refusal(colour, Nd4j.zeros(2, 60)));
    assertEquals(expected + "[2, 3, 4, 5]" + order, refusal(colour, Nd4j.zeros(2, 3, 4, 5)));
    assertEquals(
        "expected [batch, 6], got [2, 1, 2, 3]" + order,
        refusal(ofFeatures(6), Nd4j.zeros(2, 1, 2, 3)));
    assertEquals("expected [batch, 6], got [7]" + other, refusal(ofFeatures(6), Nd4j.zeros(7)));
  }

  @Test
  void textIsRefused() {
    INDArray words = Nd4j.create("a", "b", "c", "d");
    assertEquals(
        "images is of type UTF8, expected numbers: convert it to FLOAT",
        refusal(ofFeatures(4), words));
  }
}
