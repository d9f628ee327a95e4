package io.github.posteriori.processor;

import static com.google.testing.compile.CompilationSubject.assertThat;
import static io.github.posteriori.processor.Nets.compile;
import static io.github.posteriori.processor.Nets.source;

import com.google.testing.compile.Compilation;
import io.github.posteriori.BayesModule;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.annotations.Activation;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.Arrays;
import javax.tools.JavaFileObject;

/** A generated module, compiled and made in this process. */
final class LoadedModule {
  private LoadedModule() {}

  /** Compiles a network, loads its module and makes one. */
  static BayesModule create(String name, int[] free, JavaFileObject source) throws Exception {
    Compilation compilation = compile(source);
    assertThat(compilation).succeeded();
    Class<?> type = new Generated(compilation).loadClass(name);
    Method create =
        Arrays.stream(type.getDeclaredMethods())
            .filter(method -> method.getName().equals("create"))
            .filter(method -> method.getParameterCount() == free.length + 1)
            .findFirst()
            .orElseThrow();
    create.setAccessible(true);
    Object[] arguments = new Object[free.length + 1];
    for (int i = 0; i < free.length; i++) {
      arguments[i] = free[i];
    }
    arguments[free.length] =
        ModuleOptions.defaults().withSeed(3).withActivation(Activation.SOFTPLUS);
    return (BayesModule) create.invoke(null, arguments);
  }

  /** The classes of a compilation. */
  private static final class Generated extends ClassLoader {
    private final Compilation compilation;

    Generated(Compilation compilation) {
      super(LoadedModule.class.getClassLoader());
      this.compilation = compilation;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      String path = "/CLASS_OUTPUT/" + name.replace('.', '/') + ".class";
      for (JavaFileObject file : compilation.generatedFiles()) {
        if (file.toUri().getPath().equals(path)) {
          try (InputStream in = file.openInputStream()) {
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
          } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
          }
        }
      }
      throw new ClassNotFoundException(name);
    }
  }
}
