package io.github.posteriori.processor;

import com.google.auto.service.AutoService;
import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.annotations.Block;
import io.github.posteriori.processor.check.Rules;
import io.github.posteriori.processor.emit.ModuleWriter;
import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.ShapeInference;
import io.github.posteriori.processor.read.NetworkReader;
import io.github.posteriori.processor.read.Unresolved;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Place;
import io.github.posteriori.processor.report.Reporter;
import io.github.posteriori.processor.spec.NetworkSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.FilerException;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/**
 * Turns each class that is annotated with {@link BayesModel} into a module: reads it, infers its
 * shapes, checks it, and writes the source.
 */
@AutoService(Processor.class)
@SupportedAnnotationTypes("io.github.posteriori.annotations.*")
public final class PosterioriProcessor extends AbstractProcessor {
  private final Set<String> nested = new HashSet<>();
  private final List<String> waiting = new ArrayList<>();
  private final ModuleNames names = new ModuleNames();

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    names.declare(round.getRootElements());
    round
        .getElementsAnnotatedWith(Block.class)
        .forEach(block -> nested.add(block.asType().toString()));
    List<TypeElement> definitions = new ArrayList<>();
    for (String name : waiting) {
      // Looked up anew: an element of an earlier round would not see what was generated since.
      definitions.add(processingEnv.getElementUtils().getTypeElement(name));
    }
    definitions.addAll(ElementFilter.typesIn(round.getElementsAnnotatedWith(BayesModel.class)));
    waiting.clear();
    for (TypeElement definition : definitions) {
      if (!process(definition)) {
        waiting.add(definition.getQualifiedName().toString());
      }
    }
    reportStrayLayers(round);
    return true;
  }

  /**
   * Returns whether the class is done with, for good or bad; otherwise the next round tries again.
   */
  private boolean process(TypeElement type) {
    Reporter reporter = new Reporter();
    try {
      new NetworkReader(processingEnv, nested)
          .read(type, reporter)
          .ifPresent(spec -> generate(spec, reporter));
    } catch (Unresolved notYet) {
      return false;
    } catch (RuntimeException bug) {
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
    String module = spec.qualifiedModuleName();
    try {
      ModuleWriter.write(network, getClass().getName(), processingEnv.getFiler());
    } catch (FilerException taken) {
      reporter.report(spec.place(), Message.NAME_TAKEN, module);
    } catch (IOException failed) {
      reporter.report(spec.place(), Message.NOT_WRITTEN, module, failed.getMessage());
    }
  }

  /** Layers of a class that is no network would be passed over in silence. */
  private void reportStrayLayers(RoundEnvironment round) {
    for (String annotation : NetworkReader.layerAnnotations()) {
      TypeElement type = processingEnv.getElementUtils().getTypeElement(annotation);
      for (Element field : round.getElementsAnnotatedWith(type)) {
        Element owner = field.getEnclosingElement();
        if (owner.getAnnotation(BayesModel.class) == null) {
          Reporter reporter = new Reporter();
          reporter.report(
              Place.of(0, field),
              Message.MODEL_MISSING,
              field.getSimpleName(),
              owner.getSimpleName());
          reporter.printTo(processingEnv.getMessager());
        }
      }
    }
  }
}
