package io.github.posteriori.processor.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import javax.annotation.processing.Messager;

/** Collects the findings about one class, so that one compile shows all, in source order. */
public final class Reporter {
  private final List<Finding> findings = new ArrayList<>();
  private boolean faultElsewhere;

  /** Records a finding. */
  public void report(Place place, Message message, Object... details) {
    findings.add(new Finding(place, message, message.text(details)));
  }

  /** Records that the class nests another whose faults are reported there. */
  public void faultElsewhere() {
    faultElsewhere = true;
  }

  /** Returns whether the class, or one that it nests, has a fault. */
  public boolean hasErrors() {
    return faultElsewhere || findings.stream().anyMatch(Finding::isError);
  }

  /** Returns the findings so far. */
  public List<Finding> findings() {
    return Collections.unmodifiableList(findings);
  }

  /** Prints all findings by the compiler. */
  public void printTo(Messager messager) {
    findings.sort(Comparator.comparingInt(finding -> finding.place().rank()));
    for (Finding finding : findings) {
      Place place = finding.place();
      if (!finding.isSuppressed()) {
        messager.printMessage(
            finding.message().kind(),
            finding.text(),
            place.element(),
            place.annotation(),
            place.value());
      }
    }
  }
}
