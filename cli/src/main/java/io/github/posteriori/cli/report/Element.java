package io.github.posteriori.cli.report;

import java.util.Locale;
import java.util.Set;

/**
 * An element of HTML or SVG, with what is in it. Text and attributes are escaped, every element is
 * closed: what comes out is HTML and well-formed XML at once.
 */
final class Element {
  /** Elements of HTML that have no content and no end tag. */
  private static final Set<String> VOID = Set.of("meta", "img", "br");

  private final String name;
  private final StringBuilder attributes = new StringBuilder();
  private final StringBuilder content = new StringBuilder();

  private Element(String name) {
    this.name = name;
  }

  static Element of(String name) {
    return new Element(name);
  }

  /** Makes an element with one class of the style sheet. */
  static Element of(String name, String cssClass) {
    return of(name).set("class", cssClass);
  }

  /** Makes an element with nothing but text in it. */
  static Element text(String name, String text) {
    return of(name).text(text);
  }

  Element set(String attribute, String value) {
    attributes.append(' ').append(attribute).append("=\"");
    escape(value, attributes);
    attributes.append('"');
    return this;
  }

  /** Sets a number of SVG: a coordinate needs no more than two decimals. */
  Element set(String attribute, double value) {
    return set(attribute, coordinate(value));
  }

  Element text(String text) {
    escape(text, content);
    return this;
  }

  Element add(Element... children) {
    for (Element child : children) {
      child.writeTo(content);
    }
    return this;
  }

  /**
   * Makes a style sheet, in which HTML knows no escapes.
   *
   * @throws IllegalArgumentException when it has characters that only escapes could save
   */
  static Element style(String sheet) {
    if (sheet.contains("<") || sheet.contains("&")) {
      throw new IllegalArgumentException("the style sheet has a < or a &, expected neither");
    }
    Element style = of("style");
    style.content.append(sheet);
    return style;
  }

  static String coordinate(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("a coordinate is " + value + ", expected a number");
    }
    String text = String.format(Locale.ROOT, "%.2f", value);
    int end = text.length();
    while (text.charAt(end - 1) == '0') {
      end--;
    }
    return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
  }

  private void writeTo(StringBuilder out) {
    out.append('<').append(name).append(attributes);
    if (VOID.contains(name)) {
      out.append("/>");
      return;
    }
    out.append('>').append(content).append("</").append(name).append('>');
  }

  private static void escape(String text, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        default -> out.append(c);
      }
    }
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    writeTo(out);
    return out.toString();
  }
}
