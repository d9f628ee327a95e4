package io.github.posteriori.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import io.github.posteriori.processor.infer.Node;

/**
 * All that generated code knows of a kind of layer: its row in {@link LayerKinds}.
 *
 * @param type of the accessor
 * @param role where the layer may stand in a stage
 * @param words what its documentation says behind the name of the annotation
 * @param making the expression that makes it
 */
record LayerKind(ClassName type, Role role, String words, Making making) {

  /** Where a layer may stand in a stage. */
  enum Role {
    /** It begins a stage, and those that follow may stay with it. */
    LEADS,
    /** It may stay with what it follows. */
    FOLLOWS,
    /** It is a stage of its own. */
    ALONE
  }

  /** Writes the expression that makes a layer. */
  @FunctionalInterface
  interface Making {
    /**
     * The expression.
     *
     * @param inputs the shapes that the layer takes, as arguments
     */
    CodeBlock code(Names names, CodeBlock inputs);
  }

  /** The row of a layer in its place. */
  static LayerKind of(Node node) {
    return node.layer().match(new LayerKinds(node));
  }
}
