package io.github.posteriori.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Bfloat16NumbersTest {

  @ParameterizedTest
  @CsvSource({
    "0x1.02p0, 0x1.02p0",
    "0x1.0201p0, 0x1.02p0",
    "0x1.02ffp0, 0x1.02p0",
    "0x1.0301p0, 0x1.04p0",
    // Between two, to the even one.
    "0x1.03p0, 0x1.04p0",
    "0x1.05p0, 0x1.04p0",
    "-0x1.03p0, -0x1.04p0",
    "0x1.fffp3, 0x1p4",
    "0x1p-130, 0x1p-130",
    "0x1.fffffep127, Infinity",
    "-0.0, -0.0"
  })
  void roundsToTheNearest(String number, String expected) {
    float rounded = Bfloat16Numbers.number(Bfloat16Numbers.round(Float.parseFloat(number)));
    assertEquals(Float.parseFloat(expected), rounded);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x7f800001, 0x7fffffff, 0xffffffff, 0x7fc00000})
  void whatIsNoNumberStaysNone(int bits) {
    float none = Float.intBitsToFloat(bits);
    assertEquals(Float.NaN, Bfloat16Numbers.number(Bfloat16Numbers.round(none)));
  }
}
