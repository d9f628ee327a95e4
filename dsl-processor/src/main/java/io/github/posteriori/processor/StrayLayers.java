package io.github.posteriori.processor;

import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.processor.read.NetworkReader;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Place;
import io.github.posteriori.processor.report.Reporter;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Element;

/**
 * Fields that are annotated as layers in a class that is no network: nothing would come of them.
 */
final class StrayLayers {
  private StrayLayers() {}

  static Reporter of(Round round) {
    Reporter reporter = new Reporter();
    // A field may have several layer annotations, which is one fault.
    Set<Element> fields =
        new TreeSet<>(Comparator.comparing(field -> field.getEnclosingElement() + "." + field));
    NetworkReader.layerAnnotations().forEach(each -> fields.addAll(round.annotated(each)));
    for (Element field : fields) {
      Element owner = field.getEnclosingElement();
      if (owner.getAnnotation(BayesModel.class) == null) {
        reporter.report(
            Place.of(0, field),
            Message.MODEL_MISSING,
            field.getSimpleName(),
            owner.getSimpleName());
      }
    }
    return reporter;
  }
}
