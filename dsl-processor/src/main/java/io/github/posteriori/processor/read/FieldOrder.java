package io.github.posteriori.processor.read;

import io.github.posteriori.processor.spec.LayerOrder;
import java.util.Comparator;
import java.util.List;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/**
 * Restores the source order of the fields of a class. Eclipse's compiler sorts the fields of a
 * class file by name, so their order is taken from the class's module.
 */
final class FieldOrder {
  private final Elements elements;
  private final Compiled compiled;

  FieldOrder(Elements elements, Compiled compiled) {
    this.elements = elements;
    this.compiled = compiled;
  }

  /**
   * Returns the fields of a class in source order.
   *
   * @param module full name of the class's module
   */
  List<VariableElement> fields(TypeElement type, String module) {
    List<VariableElement> fields = ElementFilter.fieldsIn(type.getEnclosedElements());
    boolean isEclipse = elements.getClass().getName().startsWith("org.eclipse.jdt.");
    if (!isEclipse || compiled.hasSource(type)) {
      return fields;
    }
    List<String> names = remembered(module).names();
    return fields.stream()
        .sorted(Comparator.comparingInt(field -> names.indexOf(field.getSimpleName().toString())))
        .toList();
  }

  private LayerOrder remembered(String module) {
    TypeElement type = elements.getTypeElement(module);
    if (type == null) {
      throw new Unresolved(module);
    }
    return ElementFilter.fieldsIn(type.getEnclosedElements()).stream()
        .filter(field -> field.getSimpleName().toString().startsWith(LayerOrder.CONSTANT))
        .map(VariableElement::getConstantValue)
        .filter(String.class::isInstance)
        .map(value -> LayerOrder.parse((String) value))
        .findFirst()
        .orElseThrow(() -> new Unresolved(LayerOrder.CONSTANT + " of " + module));
  }
}
