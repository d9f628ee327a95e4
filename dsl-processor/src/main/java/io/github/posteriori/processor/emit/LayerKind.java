package io.github.posteriori.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import io.github.posteriori.processor.infer.Node;

/**
 * The properties of a kind of layer in generated code: a row of {@link LayerKinds}.
 *
 * @param type the type of the accessor
 * @param role the layer's possible place in a stage
 * @param words its description after the name of the annotation
 * @param making the expression that makes it
 */
record LayerKind(ClassName type, Role role, String words, Making making) {

  /** The possible places of a layer in a stage. */
  enum Role {
    /** The layer begins a stage, which layers that follow may join. */
    LEADS,
    /** The layer may join the stage of the layer before it. */
    FOLLOWS,
    /** The layer is a stage of its own. */
    ALONE
  }

  /** Writes the expression that makes a layer. */
  @FunctionalInterface
  interface Making {
    /**
     * Returns the expression.
     *
     * @param inputs the shapes that the layer takes, as arguments
     */
    CodeBlock code(Names names, CodeBlock inputs);
  }

  /** Returns the row of a layer in its place. */
  static LayerKind of(Node node) {
    return node.layer().match(new LayerKinds(node));
  }
}
