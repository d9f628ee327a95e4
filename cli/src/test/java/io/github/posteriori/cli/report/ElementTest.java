package io.github.posteriori.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ElementTest {
  @Test
  void escapesTextAndAttributes() {
    assertEquals(
        "<p class=\"a&quot;b\">1 &lt; 2 &amp; 3<br/></p>",
        Element.of("p", "a\"b").text("1 < 2 & 3").add(Element.of("br")).toString());
  }

  @Test
  void writesCoordinatesShortAndRefusesWhatIsNoNumber() {
    assertEquals(
        "<g x=\"1.5\" y=\"-20\"></g>", Element.of("g").set("x", 1.5).set("y", -20).toString());
    assertThrows(IllegalArgumentException.class, () -> Element.of("g").set("x", 0.0 / 0));
    assertThrows(IllegalArgumentException.class, () -> Figures.decimals(1 / 0.0, 2));
  }

  @Test
  void refusesAStyleSheetThatWouldNeedEscapes() {
    assertThrows(IllegalArgumentException.class, () -> Element.style("a::after{content:'<'}"));
  }

  @Test
  void escapesTheNamesOfClasses() {
    String page =
        new ConfusionSection(new int[][] {{3, 1}, {0, 4}}, List.of("<cat>", "R&B"))
            .section()
            .element()
            .toString();
    assertTrue(page.contains("&lt;cat&gt; taken for R&amp;B"), page);
    assertFalse(page.contains("<cat>"), page);
  }
}
