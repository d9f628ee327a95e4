package io.github.posteriori.processor.read;

import io.github.posteriori.processor.spec.ClassId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Resolves types of the compiler to classes. */
final class Classes {
  private Classes() {}

  /** Returns the class, if the type is one. */
  static Optional<TypeElement> classOf(TypeMirror type) {
    return type.getKind() == TypeKind.DECLARED
        ? Optional.of((TypeElement) ((DeclaredType) type).asElement())
        : Optional.empty();
  }

  /** Returns whether the type is the class of this full name. */
  static boolean is(TypeMirror type, String name) {
    return classOf(type).filter(known -> known.getQualifiedName().contentEquals(name)).isPresent();
  }

  /** Returns whether the type is, extends or implements the class of this full name. */
  static boolean inherits(TypeMirror type, String name) {
    return is(type, name)
        || classOf(type).stream()
            .flatMap(
                known ->
                    Stream.concat(Stream.of(known.getSuperclass()), known.getInterfaces().stream()))
            .anyMatch(parent -> inherits(parent, name));
  }

  static ClassId id(TypeElement type) {
    List<TypeElement> nest = selfAndEnclosing(type);
    PackageElement home = (PackageElement) nest.get(0).getEnclosingElement();
    return new ClassId(
        home.getQualifiedName().toString(),
        nest.stream().map(each -> each.getSimpleName().toString()).toList());
  }

  /** Returns whether the class is accessible from every package. */
  static boolean isPublic(TypeElement type) {
    return selfAndEnclosing(type).stream()
        .allMatch(each -> each.getModifiers().contains(Modifier.PUBLIC));
  }

  /** Returns the class and the classes around it, outermost first. */
  static List<TypeElement> selfAndEnclosing(TypeElement type) {
    Deque<TypeElement> nest = new ArrayDeque<>();
    for (Element each = type;
        each instanceof TypeElement known;
        each = known.getEnclosingElement()) {
      nest.addFirst(known);
    }
    return List.copyOf(nest);
  }
}
