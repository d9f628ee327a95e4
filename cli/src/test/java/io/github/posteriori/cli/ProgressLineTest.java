package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressLineTest {
  private static String seen(double share, String figures, int columns) {
    return ProgressLine.of(share, figures, columns).replaceAll("\033\\[\\d+m", "");
  }

  @Test
  void aLineShowsShareBarAndFigures() {
    assertEquals("  0%│        │ warming up", seen(0, "warming up", 25));
    assertEquals(" 50%│████    │ 0:12 left.", seen(0.5, "0:12 left.", 25));
    assertEquals(" 19%│█▌      │ 0:12 left.", seen(0.19, "0:12 left.", 25));
    assertEquals("100%│████████│ 0:00 left.", seen(1, "0:00 left.", 25));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.004, 0.01, 0.123, 0.5, 0.999, 1})
  void theLongestFiguresLeaveRoomForABarOnATerminalOf80Columns(double share) {
    String figures = "10:00:00 left  loss 123456789  KL 123456789  accuracy 100.00 %";
    String line = seen(share, figures, 79);
    assertEquals(79, line.length(), line);
    assertTrue(line.endsWith(figures), line);
    assertTrue(line.lastIndexOf('│') - line.indexOf('│') > 10, line);
  }

  @Test
  void aBarOfOneColumnIsLeftWhereFiguresTakeTheLine() {
    assertEquals(" 50%│▌│ 0:12 left", seen(0.5, "0:12 left", 10));
  }
}
