package io.github.posteriori.processor.read;

import java.util.HashSet;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/** The sources of this compilation, as far as its rounds have shown them. */
public final class Compiled {
  private final Set<String> classes = new HashSet<>();
  private final Set<String> blocks = new HashSet<>();

  /** Records a top-level class. */
  public void add(Element root) {
    classes.add(root.toString());
  }

  /** Records a field that nests a network. */
  public void addBlock(Element field) {
    Classes.classOf(field.asType()).ifPresent(type -> blocks.add(type.toString()));
  }

  /** Returns whether the class is read from a source rather than from a class file. */
  boolean hasSource(TypeElement type) {
    return classes.contains(Classes.selfAndEnclosing(type).get(0).toString());
  }

  /** Returns whether a field nests the class. */
  boolean isBlock(TypeElement type) {
    return blocks.contains(type.getQualifiedName().toString());
  }
}
