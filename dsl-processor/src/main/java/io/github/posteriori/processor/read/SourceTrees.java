package io.github.posteriori.processor.read;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/**
 * What the source of a field says and the language model leaves out. Only javac's own environment
 * shows its trees: under another compiler, or behind a wrapper, nothing is known here, and the two
 * messages that rest on it do not appear.
 */
final class SourceTrees {
  private final Optional<Trees> trees;

  SourceTrees(ProcessingEnvironment environment) {
    this.trees = trees(environment);
  }

  /** Whether a value is assigned where the field is declared. */
  boolean isInitialised(VariableElement field) {
    return tree(field).map(VariableTree::getInitializer).isPresent();
  }

  /**
   * Whether the field has an annotation whose type is missing; javac 17 hides it from the model.
   */
  boolean hasMissingAnnotation(VariableElement field) {
    return tree(field)
        .filter(
            tree ->
                tree.getModifiers().getAnnotations().stream()
                    .anyMatch(annotation -> isMissing(field, annotation)))
        .isPresent();
  }

  private boolean isMissing(VariableElement field, AnnotationTree annotation) {
    Trees known = trees.orElseThrow();
    TreePath type = TreePath.getPath(known.getPath(field), annotation.getAnnotationType());
    TypeMirror found = known.getTypeMirror(type);
    return found != null && found.getKind() == TypeKind.ERROR;
  }

  private Optional<VariableTree> tree(VariableElement field) {
    Optional<Tree> leaf = trees.map(known -> known.getPath(field)).map(TreePath::getLeaf);
    return leaf.filter(VariableTree.class::isInstance).map(VariableTree.class::cast);
  }

  private static Optional<Trees> trees(ProcessingEnvironment environment) {
    try {
      return Optional.of(Trees.instance(environment));
    } catch (IllegalArgumentException | LinkageError notJavac) {
      return Optional.empty();
    }
  }
}
