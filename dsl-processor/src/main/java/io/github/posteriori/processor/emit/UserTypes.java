package io.github.posteriori.processor.emit;

import com.palantir.javapoet.ClassName;
import io.github.posteriori.processor.spec.ClassId;
import java.util.List;

/** The user's types in generated code. */
final class UserTypes {
  private UserTypes() {}

  /** Returns a class that the user wrote. */
  static ClassName of(ClassId id) {
    List<String> simple = id.simpleNames();
    return ClassName.get(
        id.packageName(), simple.get(0), simple.subList(1, simple.size()).toArray(String[]::new));
  }

  /** Returns the module of an annotated class. */
  static ClassName module(ClassId id) {
    return ClassName.get(id.packageName(), id.simpleModule());
  }
}
