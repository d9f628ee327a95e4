package io.github.posteriori.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Digits;
import io.github.posteriori.data.SplitMnist;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTaskTest {
  @Test
  void callsAndCutsThePartsOfMnistAsSplitMnistDoes() {
    List<SplitTask> tasks =
        Stream.of(2, 5).flatMap(count -> SplitTask.all(10, count).stream()).toList();
    assertEquals(
        SplitMnist.all().stream().map(SplitMnist::dataset).toList(),
        tasks.stream().map(task -> task.dataset("mnist")).toList());
    assertEquals(
        SplitMnist.all().stream().map(SplitMnist::classes).toList(),
        tasks.stream().map(SplitTask::classes).toList());
  }

  @Test
  void partsAreDisjointAndTogetherTheWhole() {
    Dataset whole = Digits.digits(100, 1);
    int images = 0;
    for (SplitTask task : SplitTask.all(10, 5)) {
      Dataset part = task.of(whole);
      assertEquals(2, part.classes());
      images += part.size();
    }
    assertEquals(100, images);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 3, 10})
  void refusesPartsThatDoNotShareTheClassesEvenly(int tasks) {
    String refusal =
        assertThrows(IllegalArgumentException.class, () -> SplitTask.all(10, tasks)).getMessage();
    assertTrue(refusal.contains("tasks is " + tasks), refusal);
  }
}
