package io.github.posteriori.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.layers.Shape;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class OwnLayerTest {

  @Test
  void learnsItsSlopeWithTheWeights() throws Exception {
    Printed printed = Printed.by(() -> OwnLayer.main(new String[] {"1"}));

    assertEquals(0.25, printed.number("act.slope starts at"));
    double learnt = printed.number("act.slope was learnt to be");
    assertTrue(Math.abs(learnt - 0.25) > 0.01, printed.out());
    assertTrue(printed.number("accuracy") > 0.4, printed.out());
  }

  @Test
  void itsGradientsAreThoseOfItsOutput() {
    LearntSlope layer = new LearntSlope("act", Shape.features(4));
    INDArray x = Nd4j.createFromArray(-2f, -0.5f, 0.5f, 3f).reshape(1, 4);
    INDArray dy = Nd4j.createFromArray(1f, 10f, 100f, 1000f).reshape(1, 4);

    INDArray y = layer.forward(x.dup());
    INDArray dx = layer.backward(x.dup(), y.dup(), dy.dup());

    assertEquals(Nd4j.createFromArray(-0.5f, -0.125f, 0.5f, 3f).reshape(1, 4), y);
    assertEquals(Nd4j.createFromArray(0.25f, 2.5f, 100f, 1000f).reshape(1, 4), dx);
    assertEquals(-2 * 1 - 0.5 * 10, layer.slope().gradient().getDouble(0), 1e-6);
  }
}
