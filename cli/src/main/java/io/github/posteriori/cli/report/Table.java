package io.github.posteriori.cli.report;

/** A table whose first column names what the others are about. */
final class Table {
  private final Element head = Element.of("tr");
  private final Element body = Element.of("tbody");

  /** Makes a table of no rows yet, without a head where no column is named. */
  Table(String... columns) {
    for (String column : columns) {
      head.add(Element.text("th", column).set("scope", "col"));
    }
    this.headed = columns.length > 0;
  }

  private final boolean headed;

  Table row(String name, String... cells) {
    Element row = Element.of("tr").add(Element.text("th", name).set("scope", "row"));
    for (String cell : cells) {
      row.add(Element.text("td", cell));
    }
    body.add(row);
    return this;
  }

  Element element(String cssClass) {
    Element table = Element.of("table", cssClass);
    return headed ? table.add(Element.of("thead").add(head), body) : table.add(body);
  }

  /** Folds the table out of sight until it is opened. */
  Element folded(String summary) {
    return Element.of("details")
        .add(Element.text("summary", summary), Element.of("div", "wide").add(element("numbers")));
  }
}
