package io.github.posteriori.processor.report;

import javax.tools.Diagnostic;

/**
 * Something the processor has to say about a place.
 *
 * @param text the message with its details
 */
public record Finding(Place place, Message message, String text) {

  /** Whether the class gets no module because of this. */
  public boolean isError() {
    return message.kind() == Diagnostic.Kind.ERROR;
  }

  /** The field or class in question. */
  public String subject() {
    return place.element().getSimpleName().toString();
  }
}
