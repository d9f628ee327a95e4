package io.github.posteriori.processor;

import static com.google.testing.compile.CompilationSubject.assertThat;
import static io.github.posteriori.processor.Nets.net;
import static io.github.posteriori.processor.Nets.source;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Set;
import java.util.TreeSet;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Generated;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/** What a build sees that warns of everything, and what other processors in it see. */
class LintTest {
  private static final JavaFileObject NET =
      net(
          Nets.IMAGE + ", prior = @Prior(sigma = 0.2)",
          "  @BayesConv(out = FREE, kernel = 3) Layer conv;",
          "  @BatchNorm Layer bn;",
          "  @Activate(RELU) Layer relu;",
          "  @MaxPool(kernel = 2) Layer pool;",
          "  @Dropout(0.5) Layer drop;",
          "  @Flatten Layer flatten;",
          "  @BayesLinear(out = 10) Layer fc;");

  @Test
  void neitherDefinitionNorModuleCausesAWarning() {
    Compilation compilation =
        Compiler.javac()
            // The manifests of some jars name files that do not exist.
            .withOptions("-Xlint:all,-path", "-Xdoclint:all,-missing", "-Werror")
            .withProcessors(new PosterioriProcessor())
            .compile(NET);
    assertThat(compilation).succeededWithoutWarnings();
  }

  @Test
  void otherProcessorsSeeWhatOthersGenerate() {
    GeneratingProcessor other = new GeneratingProcessor();
    JavaFileObject user =
        source("test.User", "class User { @Override public String toString() { return null; }}");
    Compilation compilation =
        Compiler.javac().withProcessors(new PosterioriProcessor(), other).compile(NET, user);
    assertThat(compilation).succeeded();
    assertEquals(Set.of("test.NetModule", "test.Foreign"), other.seen);
  }

  /** Generates a class in the first round, and notes which generated ones it is asked about. */
  private static final class GeneratingProcessor extends AbstractProcessor {
    private final Set<String> seen = new TreeSet<>();
    private boolean done;

    @Override
    public Set<String> getSupportedAnnotationTypes() {
      return Set.of("*");
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      for (TypeElement annotation : annotations) {
        if (annotation.getQualifiedName().contentEquals(Generated.class.getName())) {
          round.getElementsAnnotatedWith(annotation).forEach(type -> seen.add(type.toString()));
        }
      }
      if (!done) {
        done = true;
        try (Writer writer =
            processingEnv.getFiler().createSourceFile("test.Foreign").openWriter()) {
          writer.write(
              "package test; @javax.annotation.processing.Generated(\"\") class Foreign {}");
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return false;
    }
  }
}
