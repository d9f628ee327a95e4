package io.github.posteriori.engine.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Taps are paired with the places they read, forward and back. */
class TapRangeTest {

  @Test
  void tapsInThePaddingAreLeftOut() {
    TapRange[] all = TapRange.forward(4, 4, 3, 1, 1, 1);
    assertArrayEquals(new int[] {1, 2}, all[0].taps());
    assertArrayEquals(new int[] {0, 1}, all[0].places());
    assertArrayEquals(new int[] {0, 1, 2}, all[1].taps());
    assertArrayEquals(new int[] {0, 1}, all[3].taps());
    assertEquals(2, all[3].count());
    assertEquals(-1, all[0].place(0));
    assertEquals(0, all[0].place(1));
    assertEquals(-1, all[3].place(2));
  }

  @Test
  void stridesPartWindowsAndDilationsPartTaps() {
    TapRange[] all = TapRange.forward(3, 9, 3, 2, 0, 2);
    assertArrayEquals(new int[] {4, 6, 8}, all[2].places());
    assertEquals(4, all[2].base());
  }

  @Test
  void aWindowOfNothingButPaddingReadsNothing() {
    TapRange[] all = TapRange.forward(5, 1, 2, 1, 2, 1);
    assertEquals(0, all[0].count());
    assertEquals(0, all[0].base());
    assertEquals(-1, all[0].place(0));
    assertEquals(1, all[1].count());
  }

  /** outputs, inputs, taps, stride, padding, dilation. */
  @ParameterizedTest
  @CsvSource({
    "28, 32, 5, 1, 0, 1",
    "8, 32, 11, 4, 5, 1",
    "15, 15, 5, 1, 2, 1",
    "7, 15, 3, 2, 0, 1",
    "6, 9, 3, 1, 1, 2",
    "4, 9, 2, 3, 2, 3",
    "3, 1, 3, 1, 2, 1",
    "2, 8, 1, 5, 0, 1"
  })
  void theWayBackHasTheSamePairs(
      int outputs, int inputs, int taps, int stride, int padding, int dilation) {
    Set<String> forward = new TreeSet<>();
    TapRange[] ofOutputs = TapRange.forward(outputs, inputs, taps, stride, padding, dilation);
    for (int output = 0; output < outputs; output++) {
      for (int i = 0; i < ofOutputs[output].count(); i++) {
        int input = ofOutputs[output].places()[i];
        int tap = ofOutputs[output].taps()[i];
        assertEquals(stride * output - padding + dilation * tap, input);
        forward.add(input + " by tap " + tap + " to " + output);
      }
    }
    Set<String> back = new TreeSet<>();
    TapRange[] ofInputs = TapRange.backward(inputs, outputs, taps, stride, padding, dilation);
    for (int input = 0; input < inputs; input++) {
      for (int i = 0; i < ofInputs[input].count(); i++) {
        int output = ofInputs[input].places()[i];
        back.add(input + " by tap " + ofInputs[input].taps()[i] + " to " + output);
      }
    }
    assertEquals(forward, back);
  }

  @Test
  void rangesAreAlikeWhereOnlyTheirFirstPlaceDiffers() {
    TapRange[] forward = TapRange.forward(6, 6, 3, 1, 1, 1);
    assertTrue(forward[1].isLike(forward[4]), "in the middle");
    assertFalse(forward[0].isLike(forward[1]), "the first tap is in the padding");
    assertFalse(forward[0].isLike(forward[5]), "at both ends");
    TapRange[] back = TapRange.backward(6, 3, 2, 2, 0, 2);
    assertTrue(back[1].isLike(back[3]), "read by no output");
    TapRange dense = new TapRange(new int[] {0, 1}, new int[] {3, 4});
    TapRange dilated = new TapRange(new int[] {0, 1}, new int[] {3, 5});
    assertFalse(dense.isLike(dilated), "other distances");
  }
}
