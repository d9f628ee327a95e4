package io.github.posteriori.processor;

import com.google.auto.service.AutoService;
import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.annotations.Block;
import io.github.posteriori.processor.check.Rules;
import io.github.posteriori.processor.emit.ModuleWriter;
import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.ShapeInference;
import io.github.posteriori.processor.read.Compiled;
import io.github.posteriori.processor.read.NetworkReader;
import io.github.posteriori.processor.read.Unresolved;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Place;
import io.github.posteriori.processor.report.Reporter;
import io.github.posteriori.processor.spec.NetworkSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Generated;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/**
 * Generates a module for each class annotated with {@link BayesModel}: reads the class, infers its
 * shapes, checks it, and writes the source.
 */
@AutoService(Processor.class)
@SupportedAnnotationTypes({
  "io.github.posteriori.annotations.*",
  "io.github.posteriori.build.ModuleDescription",
  "javax.annotation.processing.Generated"
})
public final class PosterioriProcessor extends AbstractProcessor {
  private final ModuleNames names = new ModuleNames();
  private final Compiled compiled = new Compiled();
  private final List<String> waiting = new ArrayList<>();

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  @SuppressWarnings("DoNotClaimAnnotations")
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment environment) {
    Round round = new Round(annotations, environment);
    names.declare(environment.getRootElements());
    environment.getRootElements().forEach(compiled::add);
    round.annotated(Block.class).forEach(compiled::addBlock);
    List<TypeElement> definitions = new ArrayList<>();
    for (String name : waiting) {
      // Looked up again: an element of an earlier round would not see classes generated since.
      definitions.add(processingEnv.getElementUtils().getTypeElement(name));
    }
    definitions.addAll(ElementFilter.typesIn(round.annotated(BayesModel.class)));
    waiting.clear();
    // Neither modules nor messages may depend on the order of the sources.
    definitions.sort(Comparator.comparing(definition -> definition.getQualifiedName().toString()));
    for (TypeElement definition : definitions) {
      if (!process(definition)) {
        waiting.add(definition.getQualifiedName().toString());
      }
    }
    StrayLayers.of(round).printTo(processingEnv.getMessager());
    return waiting.isEmpty() && generatedIsOurs(round);
  }

  /**
   * Returns whether only this processor has used {@code @Generated}, so that it may be claimed.
   * Claims prevent the warning of {@code javac -Xlint:processing} about unknown annotations, but
   * hide annotations from later processors. For that reason nothing is claimed while a class waits
   * for one that another processor may generate.
   */
  private boolean generatedIsOurs(Round round) {
    return round.annotated(Generated.class).stream()
        .allMatch(element -> names.isClaimed(element.toString()));
  }

  /**
   * Returns whether the class is finished, with or without faults; otherwise the next round tries
   * again.
   */
  private boolean process(TypeElement type) {
    Reporter reporter = new Reporter();
    try {
      new NetworkReader(processingEnv, compiled)
          .read(type, reporter)
          .ifPresent(spec -> generate(spec, reporter));
    } catch (Unresolved notYet) {
      return false;
    } catch (RuntimeException | StackOverflowError bug) {
      reporter.report(Place.of(0, type), Message.INTERNAL, bug);
    }
    reporter.printTo(processingEnv.getMessager());
    return true;
  }

  private void generate(NetworkSpec spec, Reporter reporter) {
    names.claim(spec, reporter);
    Network network = ShapeInference.infer(spec);
    Rules.check(network, reporter);
    if (reporter.hasErrors()) {
      return;
    }
    try {
      ModuleWriter.write(
          network,
          generator(spec.place().element()),
          processingEnv.getElementUtils(),
          processingEnv.getFiler());
    } catch (IOException failed) {
      reporter.report(spec.place(), Message.NOT_WRITTEN, spec.id().module(), failed.getMessage());
    }
  }

  /** Returns the value of {@code @Generated}; empty if the class's Java module cannot see it. */
  private Optional<String> generator(Element definition) {
    Elements elements = processingEnv.getElementUtils();
    TypeElement generated =
        elements.getTypeElement(elements.getModuleOf(definition), Generated.class.getName());
    return Optional.ofNullable(generated).map(visible -> getClass().getName());
  }
}
