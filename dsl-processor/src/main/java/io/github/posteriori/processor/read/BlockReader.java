package io.github.posteriori.processor.read;

import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.annotations.Block;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Reporter;
import io.github.posteriori.processor.spec.LayerSpec;
import io.github.posteriori.processor.spec.NetworkSpec;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** Reads a {@code @Block} field and the class that it nests. */
final class BlockReader {
  private final TypeElement outer;
  private final NetworkReader networks;
  private final Elements elements;
  private final Compiled compiled;
  private final Reporter reporter;

  /** Creates a reader of the blocks of {@code outer}. */
  BlockReader(
      TypeElement outer,
      NetworkReader networks,
      Elements elements,
      Compiled compiled,
      Reporter reporter) {
    this.outer = outer;
    this.networks = networks;
    this.elements = elements;
    this.compiled = compiled;
    this.reporter = reporter;
  }

  LayerSpec read(LayerReader.AnnotatedField field) {
    String name = field.name();
    Optional<TypeElement> type = Classes.classOf(field.element().asType());
    if (type.filter(BlockReader::isModel).isEmpty()) {
      Unresolved.unlessKnown(field.element().asType());
      reporter.report(field.place(), Message.NOT_A_BLOCK, name, field.element().asType());
      return new LayerSpec.Unreadable(field.spec());
    }
    if (contains(type.get(), outer, new HashSet<>())) {
      reporter.report(
          field.place(),
          Message.BLOCK_IN_ITSELF,
          name,
          type.get().getSimpleName(),
          outer.getSimpleName());
      return new LayerSpec.Unreadable(field.spec());
    }
    Optional<String> obstacle = obstacle(type.get());
    if (obstacle.isPresent()) {
      reporter.report(
          field.place(),
          Message.BLOCK_MODULE,
          name,
          type.get(),
          Classes.id(type.get()).simpleModule(),
          obstacle.get());
      return new LayerSpec.Unreadable(field.spec());
    }
    Reporter elsewhere = new Reporter();
    Optional<NetworkSpec> network = networks.read(type.get(), elsewhere);
    if (elsewhere.hasErrors()) {
      reporter.faultElsewhere();
      return new LayerSpec.Unreadable(field.spec());
    }
    return new LayerSpec.Block(
        field.spec(), network.orElseThrow(), field.annotation().integers("out"));
  }

  /** Returns why the module of {@code outer} cannot use that of the block; empty if it can. */
  private Optional<String> obstacle(TypeElement type) {
    if (!compiled.hasSource(type) && elements.getTypeElement(Classes.id(type).module()) == null) {
      return Optional.of("does not exist: compile the class with the Posteriori processor");
    }
    if (!Classes.isPublic(type)
        && !elements.getPackageOf(type).equals(elements.getPackageOf(outer))) {
      return Optional.of(
          "is not visible from the package of "
              + outer.getSimpleName()
              + ": make the class, and those around it, public");
    }
    return Optional.empty();
  }

  /** Returns whether {@code type} is {@code sought}, or nests it at any depth. */
  private static boolean contains(TypeElement type, TypeElement sought, Set<TypeElement> seen) {
    if (type.equals(sought)) {
      return true;
    }
    if (!seen.add(type)) {
      return false;
    }
    return ElementFilter.fieldsIn(type.getEnclosedElements()).stream()
        .filter(BlockReader::isBlock)
        .flatMap(field -> Classes.classOf(field.asType()).stream())
        .anyMatch(nested -> contains(nested, sought, seen));
  }

  private static boolean isBlock(VariableElement field) {
    return field.getAnnotation(Block.class) != null;
  }

  /** Returns whether the class is a network. */
  static boolean isModel(TypeElement type) {
    return type.getAnnotation(BayesModel.class) != null;
  }
}
