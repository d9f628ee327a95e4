package io.github.posteriori.processor.read;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/**
 * Facts about a field's source that the language model omits. Only javac's own environment gives
 * access to its trees; under another compiler, or behind a wrapper, the facts are unknown, and the
 * two messages that depend on them do not appear.
 */
final class SourceTrees {
  private final Optional<Trees> trees;
  private final Map<Element, Map<String, TreePath>> fields = new HashMap<>();

  SourceTrees(ProcessingEnvironment environment) {
    this.trees = trees(environment);
  }

  /** Returns whether a value is assigned where the field is declared. */
  boolean isInitialised(VariableElement field) {
    return path(field).filter(path -> tree(path).getInitializer() != null).isPresent();
  }

  /**
   * Returns whether the field has an annotation whose type is missing, which javac 17 hides from
   * the model.
   */
  boolean hasMissingAnnotation(VariableElement field) {
    return path(field)
        .filter(
            path ->
                tree(path).getModifiers().getAnnotations().stream()
                    .anyMatch(annotation -> isMissing(path, annotation)))
        .isPresent();
  }

  private boolean isMissing(TreePath field, AnnotationTree annotation) {
    TreePath modifiers = new TreePath(field, tree(field).getModifiers());
    TreePath type =
        new TreePath(new TreePath(modifiers, annotation), annotation.getAnnotationType());
    TypeMirror found = trees.orElseThrow().getTypeMirror(type);
    return found != null && found.getKind() == TypeKind.ERROR;
  }

  private static VariableTree tree(TreePath field) {
    return (VariableTree) field.getLeaf();
  }

  private Optional<TreePath> path(VariableElement field) {
    return trees
        .map(
            known ->
                fields.computeIfAbsent(field.getEnclosingElement(), type -> fields(known, type)))
        .map(paths -> paths.get(field.getSimpleName().toString()));
  }

  /**
   * Returns all fields of a class by name, because each search by javac goes through the whole
   * file.
   */
  private static Map<String, TreePath> fields(Trees trees, Element type) {
    Map<String, TreePath> fields = new HashMap<>();
    TreePath path = trees.getPath(type);
    if (path != null && path.getLeaf() instanceof ClassTree declaration) {
      for (Tree member : declaration.getMembers()) {
        if (member instanceof VariableTree field) {
          fields.putIfAbsent(field.getName().toString(), new TreePath(path, field));
        }
      }
    }
    return fields;
  }

  private static Optional<Trees> trees(ProcessingEnvironment environment) {
    try {
      return Optional.of(Trees.instance(environment));
    } catch (IllegalArgumentException | LinkageError notJavac) {
      return Optional.empty();
    }
  }
}
