package io.github.posteriori.engine.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriori.engine.vector.MeanPoolOperation.Kind;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import org.junit.jupiter.api.Test;

/** Which means have loops of their own; that all are right is seen in {@link EnginesAgreeTest}. */
class MeanPoolOperationTest {
  private static final Shape.Image IMAGE = Shape.image(3, 8, 4);

  @Test
  void theMeanOfAWholeImageTakesOnePassWhateverItsStride() {
    Window whole = Window.kernel(8, 4);
    assertEquals(Kind.WHOLE_IMAGE, MeanPoolOperation.kind(IMAGE, whole));
    assertEquals(Kind.WHOLE_IMAGE, MeanPoolOperation.kind(IMAGE, whole.stride(8, 4)));
    assertEquals(Kind.CONVOLUTION, MeanPoolOperation.kind(IMAGE, whole.padding(1, 0)));
    assertEquals(Kind.CONVOLUTION, MeanPoolOperation.kind(IMAGE, Window.kernel(7, 4)));
  }

  @Test
  void meansOfTwoByTwoPixelsTakeOnePassWhereTheyLieSideBySide() {
    Window quads = Window.kernel(2, 2);
    assertEquals(Kind.QUADS, MeanPoolOperation.kind(IMAGE, quads.stride(2, 2)));
    assertEquals(Kind.CONVOLUTION, MeanPoolOperation.kind(IMAGE, quads));
  }
}
