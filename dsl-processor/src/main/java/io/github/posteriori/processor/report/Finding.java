package io.github.posteriori.processor.report;

import java.util.Arrays;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;

/**
 * A message about a place in the source.
 *
 * @param text the message with its details
 */
public record Finding(Place place, Message message, String text) {
  /** The argument of {@link SuppressWarnings} that suppresses warnings. */
  private static final String SUPPRESSION = "posteriori";

  /** Returns whether this is an error, so that the class gets no module. */
  public boolean isError() {
    return message.kind() == Diagnostic.Kind.ERROR;
  }

  /** The field or class in question. */
  public String subject() {
    return place.element().getSimpleName().toString();
  }

  /**
   * Returns whether this is not an error and warnings are suppressed here or in an enclosing
   * element.
   */
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
