package io.github.posteriori.cli.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.posteriori.data.TableSchema;
import io.github.posteriori.layers.Shape;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NumbersIntakeTest {
  private static final Intake INTAKE = Intake.of(Shape.features(3), false);

  private static float[] take(String body) throws InterruptedException {
    return INTAKE.take(body.getBytes(StandardCharsets.UTF_8), "", new Query(Map.of()), 1).numbers();
  }

  @Test
  void readsAnArrayOrARow() throws Exception {
    float[] expected = {1, -2.5f, 3e-3f};
    for (String body :
        List.of("[1, -2.5, 3e-3]", "1,-2.5,0.003\r\n", " 1; -2.5; 3e-3", "1\n-2.5\n0.003")) {
      assertArrayEquals(expected, take(body), body);
    }
  }

  @Test
  void takesTheRowOfATableByItsColumns() throws Exception {
    TableSchema table =
        new TableSchema(
            List.of(
                new TableSchema.Column("area", List.of()),
                new TableSchema.Column("district", List.of("north", "south"))),
            "",
            List.of(),
            List.of("rent"));
    NumbersIntake intake = new NumbersIntake(Shape.features(3), Optional.of(table));
    assertArrayEquals(
        new float[] {80.5f, 0, 1}, row(intake, "{\"district\": \"south\", \"area\": 80.5}"));
    assertArrayEquals(new float[] {1, 2, 3}, row(intake, "1,2,3"));
    for (String body :
        List.of("{\"area\": 1}", "{\"area\": 1, \"district\": \"x\"}", "{\"area\":")) {
      Refusal refusal = assertThrows(Refusal.class, () -> row(intake, body), body);
      assertEquals(400, refusal.reply().status());
    }
  }

  private static float[] row(NumbersIntake intake, String body) throws InterruptedException {
    return intake.take(body.getBytes(StandardCharsets.UTF_8), "", new Query(Map.of()), 1).numbers();
  }

  @Test
  void refusesWhatIsNotAsManyFiniteNumbers() {
    for (String body :
        List.of(
            "",
            "1,2",
            "1,2,3,4",
            "[1,2,null]x",
            "[1,2,\"a\"]",
            "1,2,x",
            "NaN,1,2",
            "1e99,1,2",
            "{}")) {
      Refusal refusal = assertThrows(Refusal.class, () -> take(body), body);
      assertEquals(400, refusal.reply().status());
    }
  }

  @Test
  void takesNumbersForSignalsAndForImagesOfOtherChannels() {
    for (Shape shape : List.of(Shape.image(12, 1, 100), Shape.image(2, 8, 8), Shape.features(4))) {
      assertEquals(NumbersIntake.class, Intake.of(shape, false).getClass());
    }
    assertEquals(PictureIntake.class, Intake.of(Shape.image(3, 8, 8), false).getClass());
  }
}
