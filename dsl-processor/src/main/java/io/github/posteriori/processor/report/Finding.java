package io.github.posteriori.processor.report;

import java.util.Arrays;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;

/**
 * Something the processor has to say about a place.
 *
 * @param text the message with its details
 */
public record Finding(Place place, Message message, String text) {
  /** The argument of {@link SuppressWarnings} that silences what is no error. */
  private static final String SUPPRESSION = "posteriori";

  /** Whether the class gets no module because of this. */
  public boolean isError() {
    return message.kind() == Diagnostic.Kind.ERROR;
  }

  /** The field or class in question. */
  public String subject() {
    return place.element().getSimpleName().toString();
  }

  /** Whether this is no error and the user wants no warnings here, or anywhere around. */
  public boolean isSuppressed() {
    if (isError()) {
      return false;
    }
    for (Element each = place.element(); each != null; each = each.getEnclosingElement()) {
      SuppressWarnings suppressed = each.getAnnotation(SuppressWarnings.class);
      if (suppressed != null && Arrays.asList(suppressed.value()).contains(SUPPRESSION)) {
        return true;
      }
    }
    return false;
  }
}
