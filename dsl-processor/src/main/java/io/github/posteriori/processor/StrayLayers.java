package io.github.posteriori.processor;

import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.annotations.Prior;
import io.github.posteriori.processor.read.NetworkReader;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Place;
import io.github.posteriori.processor.report.Reporter;
import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;

/** Reports layers and priors outside of any network, which would have no effect. */
final class StrayLayers {
  private StrayLayers() {}

  static Reporter of(Round round) {
    Reporter reporter = new Reporter();
    Set<Element> layers = inOrder();
    NetworkReader.layerAnnotations().forEach(each -> layers.addAll(round.annotated(each)));
    for (Element field : layers) {
      Element owner = field.getEnclosingElement();
      if (!isNetwork(owner)) {
        reporter.report(
            Place.of(0, field),
            Message.MODEL_MISSING,
            field.getSimpleName(),
            owner.getSimpleName());
      }
    }
    Collection<Element> priors = inOrder();
    priors.addAll(round.annotated(Prior.class));
    priors.removeAll(layers);
    for (Element element : priors) {
      if (!isNetwork(element) && !isFieldOfNetwork(element)) {
        reporter.report(
            Place.of(0, element), Message.PRIOR_WITHOUT_POSTERIOR, element.getSimpleName());
      }
    }
    return reporter;
  }

  /** Creates a set of elements in an order that does not depend on the order of the sources. */
  private static Set<Element> inOrder() {
    return new TreeSet<>(
        Comparator.comparing(element -> element.getEnclosingElement() + "." + element));
  }

  private static boolean isNetwork(Element element) {
    return element.getAnnotation(BayesModel.class) != null;
  }

  private static boolean isFieldOfNetwork(Element element) {
    return isNetwork(element.getEnclosingElement())
        && element.getKind().isField()
        && !element.getModifiers().contains(Modifier.STATIC);
  }
}
