package io.github.posteriori.processor.read;

import io.github.posteriori.annotations.Prior;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Place;
import io.github.posteriori.processor.report.Reporter;
import io.github.posteriori.processor.spec.PriorSpec;
import java.util.Optional;
import javax.lang.model.element.Element;

/** Reads the {@code @Prior} of a class or a field, within another annotation or beside it. */
final class PriorReader {
  private final Reporter reporter;

  PriorReader(Reporter reporter) {
    this.reporter = reporter;
  }

  /**
   * Reads the prior that the user wrote.
   *
   * @param element a class or a field
   * @param annotation an annotation of {@code element} that has an element {@code prior}
   */
  Optional<PriorSpec> read(Element element, Place place, AnnotationReader annotation) {
    Optional<AnnotationReader> within = annotation.written("prior");
    Optional<AnnotationReader> beside = AnnotationReader.on(element, Prior.class, place);
    if (within.isPresent() && beside.isPresent()) {
      reporter.report(beside.get().place(), Message.PRIOR_TWICE, element.getSimpleName());
    }
    return within.or(() -> beside).map(PriorReader::spec);
  }

  /** Reports a prior beside an annotation that takes none. */
  void refuse(Element element, Place place) {
    AnnotationReader.on(element, Prior.class, place)
        .ifPresent(
            prior ->
                reporter.report(
                    prior.place(), Message.PRIOR_WITHOUT_POSTERIOR, element.getSimpleName()));
  }

  private static PriorSpec spec(AnnotationReader prior) {
    return new PriorSpec(
        prior.number("mu"),
        prior.number("sigma"),
        prior.number("share"),
        prior.number("sigma2"),
        prior.number("muMean"),
        prior.number("muStd"),
        prior.number("rhoMean"),
        prior.number("rhoStd"));
  }
}
