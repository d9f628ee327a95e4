package io.github.posteriori.processor.read;

import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Reporter;
import io.github.posteriori.processor.spec.LayerSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Reads a {@code @Custom} field, whose type is a layer that the user wrote. */
final class CustomReader {
  private static final String CUSTOM_LAYER = "io.github.posteriori.layers.CustomLayer";
  private static final String SHAPE = "io.github.posteriori.layers.Shape";

  private final TypeElement outer;
  private final Elements elements;
  private final Types types;
  private final Reporter reporter;

  /** Creates a reader of the custom layers of {@code outer}. */
  CustomReader(TypeElement outer, Elements elements, Types types, Reporter reporter) {
    this.outer = outer;
    this.elements = elements;
    this.types = types;
    this.reporter = reporter;
  }

  LayerSpec read(LayerReader.AnnotatedField field) {
    TypeMirror declared = field.element().asType();
    Unresolved.unlessKnown(declared);
    Optional<TypeElement> type = Classes.classOf(declared).filter(this::isCustomLayer);
    if (type.isEmpty()) {
      reporter.report(field.place(), Message.NOT_A_CUSTOM_LAYER, field.name(), declared);
      return new LayerSpec.Unreadable(field.spec());
    }
    obstacle(type.get())
        .ifPresent(
            obstacle ->
                reporter.report(
                    field.place(), Message.CUSTOM_NOT_MADE, field.name(), declared, obstacle));
    return new LayerSpec.Custom(
        field.spec(), Classes.id(type.get()), field.annotation().texts("output"));
  }

  private boolean isCustomLayer(TypeElement type) {
    TypeElement customLayer = elements.getTypeElement(CUSTOM_LAYER);
    return customLayer != null
        && !type.equals(customLayer)
        && types.isAssignable(type.asType(), customLayer.asType());
  }

  /** Returns why the module cannot call the constructor; empty if it can. */
  private Optional<String> obstacle(TypeElement type) {
    if (type.getKind() == ElementKind.INTERFACE
        || type.getModifiers().contains(Modifier.ABSTRACT)) {
      return Optional.of("is abstract, expected a class");
    }
    if (!type.getTypeParameters().isEmpty()) {
      return Optional.of("has type parameters, expected none");
    }
    if (type.getNestingKind().isNested() && !type.getModifiers().contains(Modifier.STATIC)) {
      return Optional.of("is an inner class, expected a static one");
    }
    if (!Classes.selfAndEnclosing(type).stream().allMatch(this::isVisible)) {
      return Optional.of("is not visible from the package of " + outer.getSimpleName());
    }
    Optional<ExecutableElement> constructor =
        ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
            .filter(each -> isVisible(each) && takesNameAndShape(each))
            .findFirst();
    if (constructor.isEmpty()) {
      return Optional.of(
          "has no constructor (String name, Shape input) that is visible from the package of "
              + outer.getSimpleName());
    }
    return constructor.get().getThrownTypes().stream()
        .filter(this::isChecked)
        .findFirst()
        .map(thrown -> "has a constructor that throws " + thrown + ", expected none to be caught");
  }

  private boolean isChecked(TypeMirror thrown) {
    return Stream.of(RuntimeException.class, Error.class)
        .map(type -> elements.getTypeElement(type.getName()).asType())
        .noneMatch(unchecked -> types.isSubtype(thrown, unchecked));
  }

  private boolean isVisible(Element element) {
    return element.getModifiers().contains(Modifier.PUBLIC)
        || !element.getModifiers().contains(Modifier.PRIVATE)
            && elements.getPackageOf(element).equals(elements.getPackageOf(outer));
  }

  private static boolean takesNameAndShape(ExecutableElement constructor) {
    List<? extends VariableElement> parameters = constructor.getParameters();
    return parameters.size() == 2
        && Classes.is(parameters.get(0).asType(), String.class.getName())
        && Classes.is(parameters.get(1).asType(), SHAPE);
  }
}
