package io.github.posteriori.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Those who have the weights of one step come to those of the next. */
class WeightUpdateTest {

  private static Weights weights(byte[] mask, float... numbers) {
    return new Weights(List.of(new Weights.Tensor(numbers, mask, 0)));
  }

  private static float[] numbers(Weights weights) {
    return weights.tensors().get(0).kept();
  }

  @Test
  void differencesLeadToTheWeightsOfTheSender() {
    WeightUpdate sent = WeightUpdate.first(weights(null, 1.2345678f, -0.001f));
    Weights held = sent.weights();
    for (int i = 1; i < 50; i++) {
      sent = sent.rounded(weights(null, 1.2345678f + i / 300f, -0.001f * i));
      assertEquals(i, sent.number());
      held = sent.change().orElseThrow().applied(held);
      assertArrayEquals(numbers(sent.weights()), numbers(held));
    }
  }

  /**
   * A step of 1 leaves out up to 2^-9 of it; without the rest of those before, 300 would add up.
   */
  @Test
  void whatRoundingLeavesOutIsMadeUpFor() {
    WeightUpdate sent = WeightUpdate.first(weights(null, 0));
    float wanted = 0;
    for (int i = 0; i < 300; i++) {
      wanted += 1.003f;
      sent = sent.rounded(weights(null, wanted));
      assertEquals(wanted, numbers(sent.weights())[0], 1.01f / (1 << 8));
    }
    assertNotEquals(wanted, numbers(sent.weights())[0]);
  }

  @Test
  void otherMasksAreSentWhole() {
    WeightUpdate sent = WeightUpdate.first(weights(null, 1, 2, 3));
    Weights pruned = weights(new byte[] {5}, 1.00001f, 3);
    WeightUpdate next = sent.rounded(pruned);
    assertEquals(Optional.empty(), next.change());
    assertEquals(pruned, next.weights());
    assertTrue(next.rounded(weights(new byte[] {5}, 1, 2)).change().isPresent());
    assertEquals(Optional.empty(), next.rounded(weights(new byte[] {3}, 1, 2)).change());
  }
}
