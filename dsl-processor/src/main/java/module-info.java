/**
 * Generates modules for annotated classes while javac runs. JavaPoet's jar has a name, but no
 * descriptor of its own.
 */
@SuppressWarnings("requires-automatic")
module io.github.posteriori.processor {
  requires com.palantir.javapoet;
  requires io.github.posteriori.annotations;
  requires java.compiler;
  requires static com.google.auto.service;
  // Other compilers do without javac's trees.
  requires static jdk.compiler;

  provides javax.annotation.processing.Processor with
      io.github.posteriori.processor.PosterioriProcessor;
}
