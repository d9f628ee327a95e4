package io.github.posteriori.processor;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/** The processor behind a wrapped environment, as Gradle runs it; notes what it writes. */
final class RecordingProcessor extends AbstractProcessor {
  private final PosterioriProcessor processor = new PosterioriProcessor();
  private final List<String> origins;
  private final Optional<String> failure;

  RecordingProcessor(List<String> origins) {
    this(origins, Optional.empty());
  }

  /** With a file system that fails, where a text says how. */
  RecordingProcessor(List<String> origins, Optional<String> failure) {
    this.origins = origins;
    this.failure = failure;
  }

  @Override
  public synchronized void init(ProcessingEnvironment environment) {
    Filer filer =
        proxy(
            Filer.class,
            environment.getFiler(),
            (method, arguments) -> {
              if (method.equals("createSourceFile")) {
                if (failure.isPresent()) {
                  throw new IOException(failure.get());
                }
                origins.add(arguments[0] + ": " + Arrays.toString((Element[]) arguments[1]));
              }
              return null;
            });
    processor.init(
        proxy(
            ProcessingEnvironment.class,
            environment,
            (method, arguments) -> method.equals("getFiler") ? filer : null));
  }

  @Override
  @SuppressWarnings("DoNotClaimAnnotations")
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    return processor.process(annotations, round);
  }

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return processor.getSupportedAnnotationTypes();
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  /** What {@code before} returns, or else what {@code target} does. */
  private static <T> T proxy(Class<T> type, T target, Before before) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              Object answer = before.call(method.getName(), arguments);
              try {
                return answer != null ? answer : method.invoke(target, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private interface Before {
    Object call(String method, Object[] arguments) throws IOException;
  }
}
