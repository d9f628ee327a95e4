package io.github.posteriori.engine.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.engine.vector.kernel.Lanes;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Channels are cut into runs of lanes, and brought into them. */
class ColumnsTest {
  private static final int ONE = Lanes.LENGTH;
  private static final int FOUR = Lanes.FULL;

  @Test
  void columnsFollowEachOtherAndTakeInAllChannels() {
    for (int channels = 1; channels <= 3 * FOUR; channels++) {
      int end = 0;
      for (Columns each : Columns.of(channels)) {
        assertEquals(end, each.first(), "of " + channels + " channels");
        assertTrue(each.lanes() == ONE || each.lanes() == FOUR, each + " of " + channels);
        assertTrue(each.first() < channels || channels > end - ONE, each + " of " + channels);
        end = each.end();
      }
      assertTrue(end >= channels && end < channels + 2 * ONE, end + " lanes for " + channels);
    }
  }

  @Test
  void threeRegistersThatAreLeftBecomeFour() {
    assertEquals(List.of(new Columns(0, ONE)), Columns.of(1));
    assertEquals(List.of(new Columns(0, ONE), new Columns(ONE, ONE)), Columns.of(ONE + 1));
    assertEquals(List.of(new Columns(0, FOUR)), Columns.of(2 * ONE + 1));
    assertEquals(List.of(new Columns(0, FOUR)), Columns.of(FOUR));
    assertEquals(List.of(new Columns(0, FOUR), new Columns(FOUR, ONE)), Columns.of(FOUR + 1));
  }

  /** Channels by fours and one by one, the last of them missing; other numbers stay. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 6, 7})
  void channelsAreTurnedIntoTheLanes(int left) {
    int channels = FOUR + Math.min(left, ONE);
    int pixels = 3;
    int width = ONE;
    float[] x = new float[channels * pixels * width + 5];
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
    }
    for (Columns each : Columns.of(channels)) {
      int step = width * each.lanes() + 2;
      float[] turned = new float[pixels * step + 3];
      Arrays.fill(turned, -1);
      each.turn(x, 5, pixels * width, channels, pixels, width, turned, 3, step);
      for (int pixel = 0; pixel < pixels; pixel++) {
        for (int image = 0; image < width; image++) {
          for (int lane = 0; lane < each.lanes(); lane++) {
            int channel = each.first() + lane;
            float expected =
                channel < channels ? 5 + (channel * pixels + pixel) * width + image : -1;
            float found = turned[3 + pixel * step + image * each.lanes() + lane];
            assertEquals(expected, found, "channel " + channel + " of image " + image);
          }
        }
      }
      assertEquals(-1, turned[2]);
      assertEquals(-1, turned[3 + width * each.lanes()], "between two pixels");
    }
  }
}
