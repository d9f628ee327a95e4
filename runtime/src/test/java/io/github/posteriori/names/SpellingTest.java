package io.github.posteriori.names;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpellingTest {
  private static final List<String> NAMES = List.of("firstConv", "lastFC", "conv1");

  @ParameterizedTest
  @CsvSource({"fristConv, firstConv", "LASTFC, lastFC", "lsatfc, lastFC", "first, firstConv"})
  void findsANameWhateverItsCase(String written, String meant) {
    assertEquals(": did you mean " + meant + "?", Spelling.hint(written, NAMES));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "xyz"})
  void makesNothingUp(String written) {
    assertEquals("", Spelling.hint(written, NAMES));
  }

  @Test
  void isSilentWhereThereAreNoNames() {
    assertEquals("", Spelling.hint("conv1", List.of()));
  }
}
