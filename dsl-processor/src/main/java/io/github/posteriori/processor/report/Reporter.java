package io.github.posteriori.processor.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.annotation.processing.Messager;
import javax.tools.Diagnostic;

/** Collects the faults of one class, so that one compile shows all of them, in source order. */
public final class Reporter {
  private record Fault(Place place, String text) {}

  private final List<Fault> faults = new ArrayList<>();

  /** Notes a fault and carries on. */
  public void report(Place place, Message message, Object... details) {
    faults.add(new Fault(place, message.text(details)));
  }

  /** Whether nothing was reported. */
  public boolean isClean() {
    return faults.isEmpty();
  }

  /** Hands all faults to the compiler. */
  public void printTo(Messager messager) {
    faults.sort(Comparator.comparingInt(fault -> fault.place().rank()));
    for (Fault fault : faults) {
      Place place = fault.place();
      messager.printMessage(
          Diagnostic.Kind.ERROR, fault.text(), place.element(), place.annotation(), place.value());
    }
  }
}
