package io.github.posteriori.cli.report;

/** A part of the page with a heading. */
final class Section {
  private final String id;
  private final String title;
  private final Element body;

  /**
   * Makes a section without figures yet.
   *
   * @param id that links point to
   */
  Section(String id, String title) {
    this.id = id;
    this.title = title;
    this.body =
        Element.of("section")
            .set("id", id)
            .set("aria-labelledby", id + "-title")
            .add(Element.text("h2", title).set("id", id + "-title"));
  }

  String id() {
    return id;
  }

  String title() {
    return title;
  }

  /** Adds a plain sentence or two. */
  Section say(String words) {
    body.add(Element.text("p", words));
    return this;
  }

  Section add(Element... parts) {
    body.add(parts);
    return this;
  }

  /** Adds figures that stand side by side where there is room. */
  Section figures(Element... figures) {
    return add(Element.of("div", "figures").add(figures));
  }

  Element element() {
    return body;
  }

  /** Makes a picture with a heading above and an explanation below. */
  static Element figure(String heading, Element picture, Element... below) {
    return Element.of("figure")
        .add(Element.text("h3", heading), picture)
        .add(Element.of("figcaption").add(below));
  }

  static Element paragraph(String words) {
    return Element.text("p", words);
  }

  /** Says what a line or an area of this class of the style sheet stands for. */
  static Element key(String cssClass, String words) {
    return Element.of("span", "key").add(Element.of("span", "swatch " + cssClass)).text(words);
  }

  /** Lines keys up in a row. */
  static Element keys(Element... keys) {
    return Element.of("p", "keys").add(keys);
  }
}
