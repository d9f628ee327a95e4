package io.github.posteriori.networks;

import io.github.posteriori.BayesModule;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.build.ModuleDescription;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.names.Spelling;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The class that defines a network, shipped or a user's own, and the module that was generated from
 * it.
 */
public final class Definition {
  private final Class<?> type;
  private final Method create;
  private final Method load;
  private final List<String> free;
  private final Kind kind;
  private final Optional<NetSource> source;

  private Definition(
      Class<?> type, Class<?> module, ModuleDescription description, Optional<NetSource> source) {
    this.type = type;
    this.free = List.of(description.free());
    this.kind = description.bayesian() ? Kind.BAYESIAN : Kind.FREQUENTIST;
    this.source = source;
    Class<?>[] arguments = new Class<?>[free.size() + 1];
    Arrays.fill(arguments, int.class);
    arguments[free.size()] = ModuleOptions.class;
    this.create = method(module, "create", arguments);
    this.load = method(module, "load", Path.class, ModuleOptions.class);
  }

  private static Method method(Class<?> module, String name, Class<?>... arguments) {
    try {
      Method method = module.getDeclaredMethod(name, arguments);
      method.setAccessible(true);
      return method;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("every generated module has it", e);
    }
  }

  /**
   * Returns the definition in a class, if the class is one.
   *
   * @param source of the class, if it was compiled from it here
   */
  static Optional<Definition> of(Class<?> type, Optional<NetSource> source) {
    String name = module(type);
    Class<?> module;
    try {
      module = Class.forName(name, false, type.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      return Optional.empty();
    }
    return Optional.ofNullable(module.getAnnotation(ModuleDescription.class))
        .filter(described -> BayesModule.class.isAssignableFrom(module))
        .map(description -> new Definition(type, module, description, source));
  }

  /** Loads a class that is there. */
  static Class<?> load(String name, ClassLoader loader) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the definition in a class of this program, which is one. */
  static Definition onClassPath(String className) {
    return of(load(className, Definition.class.getClassLoader()), Optional.empty()).orElseThrow();
  }

  private static String module(Class<?> type) {
    String names = inFile(type).replace('.', '_');
    String prefix = type.getPackageName();
    return (prefix.isEmpty() ? "" : prefix + ".") + names + "Module";
  }

  private static String inFile(Class<?> type) {
    Class<?> outer = type.getDeclaringClass();
    return (outer == null ? "" : inFile(outer) + ".") + type.getSimpleName();
  }

  Class<?> type() {
    return type;
  }

  /** Returns the binary name of the class, which checkpoints state. */
  public String className() {
    return type.getName();
  }

  /** Returns the class with those around it, such as {@code Outer.Net}. */
  String nameInFile() {
    return inFile(type);
  }

  /** Returns the name of the class alone. */
  public String simpleName() {
    return type.getSimpleName();
  }

  /** Returns what reports call the network: the name of a shipped one, otherwise its class. */
  public String name() {
    return shipped().map(ShippedNet::toString).orElseGet(this::className);
  }

  /** Returns what reports call the network of a module. */
  public static String nameOf(BayesModule module) {
    return ShippedNet.ofClass(module.definition())
        .map(ShippedNet::toString)
        .orElseGet(module::definition);
  }

  /** Returns the estimator of a module's posteriors; of several, that of the first layer. */
  public static Estimator estimatorOf(BayesModule module) {
    return module.network().layers().stream()
        .filter(AffineLayer.class::isInstance)
        .map(AffineLayer.class::cast)
        .map(AffineLayer::estimator)
        .filter(estimator -> estimator != Estimator.POINT)
        .findFirst()
        .orElse(Estimator.POINT);
  }

  /** Returns the shipped network that this is, if it is one. */
  public Optional<ShippedNet> shipped() {
    return source.isPresent() ? Optional.empty() : ShippedNet.ofClass(className());
  }

  /** Returns whether its layers have Gaussian weights. */
  public Kind kind() {
    return kind;
  }

  /** Returns the dimensions that the class leaves free, in the order of {@code create}. */
  public List<String> free() {
    return free;
  }

  /** Returns the source that the class was compiled from here, if it was. */
  public Optional<NetSource> source() {
    return source;
  }

  /** Returns what {@code --net} says to find the definition again, beside its source. */
  public String reference() {
    return source.map(kept -> kept.file() + "#" + nameInFile()).orElseGet(this::name);
  }

  /**
   * Makes a module with new weights.
   *
   * @param sizes of the free dimensions by their names, and of others
   * @throws IllegalArgumentException when one is not said
   */
  public BayesModule create(Map<String, Integer> sizes, ModuleOptions options) {
    Object[] arguments = new Object[free.size() + 1];
    for (int i = 0; i < free.size(); i++) {
      arguments[i] = sizes.get(free.get(i));
      if (arguments[i] == null) {
        throw new IllegalArgumentException(
            this
                + " leaves "
                + free.get(i)
                + " free, which nothing here says, expected a number: add --dim "
                + free.get(i)
                + "=N");
      }
    }
    arguments[free.size()] = options;
    return made(create, arguments);
  }

  /**
   * Refuses names that are no free dimensions.
   *
   * @throws IllegalArgumentException when there is one
   */
  public void requireFree(Iterable<String> names) {
    for (String name : names) {
      if (!free.contains(name)) {
        throw new IllegalArgumentException(
            "dim is '"
                + name
                + "', expected one that "
                + this
                + " leaves free, of "
                + free
                + Spelling.hint(name, free));
      }
    }
  }

  /**
   * Reads a module of this definition.
   *
   * @param options what they state replaces what was saved
   * @throws io.github.posteriori.checkpoint.CheckpointException when the file is damaged or holds
   *     another network
   */
  public BayesModule load(Path file, ModuleOptions options) {
    return made(load, file, options);
  }

  private BayesModule made(Method method, Object... arguments) {
    try {
      BayesModule module = (BayesModule) method.invoke(null, arguments);
      source.ifPresent(kept -> kept.keepWith(module));
      return module;
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof OutOfMemoryError full) {
        throw full;
      }
      throw new NetException(
          this + " cannot be made (" + e.getCause() + "): look at its own layers", e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("the method was made accessible", e);
    }
  }

  @Override
  public String toString() {
    return name();
  }
}
