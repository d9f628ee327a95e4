package io.github.posteriori.networks;

import io.github.posteriori.names.Spelling;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The networks that a source declares, compiled. */
final class CompiledNets {
  private final NetSource source;
  private final String printed;
  private final List<Definition> networks;

  /**
   * Loads the networks among the classes of a compilation.
   *
   * @param classes by their binary names
   * @param parent loads all other classes
   * @param printed what javac said
   */
  CompiledNets(NetSource source, Map<String, byte[]> classes, ClassLoader parent, String printed) {
    ClassLoader loader = new Loader(classes, parent);
    this.source = source;
    this.printed = printed;
    this.networks =
        classes.keySet().stream()
            .sorted()
            .map(name -> Definition.load(name, loader))
            .flatMap(type -> Definition.of(type, Optional.of(source)).stream())
            .toList();
  }

  NetSource source() {
    return source;
  }

  /** Returns javac's warnings, as it prints them. */
  String printed() {
    return printed;
  }

  /** Returns the network whose class has this binary name, if it is there. */
  Optional<Definition> ofClass(String className) {
    return networks.stream().filter(net -> net.className().equals(className)).findFirst();
  }

  /**
   * Chooses the network of that name, or the only one that no other nests as a block.
   *
   * @throws IllegalArgumentException when it is not clear which is meant
   */
  Definition choose(Optional<String> name) {
    if (networks.isEmpty()) {
      throw new IllegalArgumentException(
          source.file() + " holds no network, expected a class with @BayesModel: annotate one");
    }
    return name.map(this::named).orElseGet(this::only);
  }

  private Definition named(String name) {
    return networks.stream()
        .filter(net -> List.of(net.className(), net.nameInFile(), net.simpleName()).contains(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    source.file()
                        + " holds no network '"
                        + name
                        + "', expected one of "
                        + names(networks)
                        + Spelling.hint(name, names(networks))));
  }

  private Definition only() {
    Set<String> blocks =
        networks.stream()
            .flatMap(net -> Arrays.stream(net.type().getDeclaredFields()))
            .map(field -> field.getType().getName())
            .collect(Collectors.toSet());
    List<Definition> whole =
        networks.stream().filter(net -> !blocks.contains(net.className())).toList();
    if (whole.size() == 1) {
      return whole.get(0);
    }
    List<String> names = names(whole.isEmpty() ? networks : whole);
    throw new IllegalArgumentException(
        source.file()
            + " holds the networks "
            + names
            + ", expected to be told which: name one, such as "
            + source.file()
            + "#"
            + names.get(0));
  }

  private static List<String> names(List<Definition> networks) {
    List<String> simple = networks.stream().map(Definition::simpleName).toList();
    return Set.copyOf(simple).size() == simple.size()
        ? simple
        : networks.stream().map(Definition::nameInFile).toList();
  }

  /** Defines the compiled classes itself, whatever classes of these names there are elsewhere. */
  private static final class Loader extends ClassLoader {
    private final Map<String, byte[]> classes;

    Loader(Map<String, byte[]> classes, ClassLoader parent) {
      super(parent);
      this.classes = classes;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      byte[] bytes = classes.get(name);
      if (bytes == null) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? defineClass(name, bytes, 0, bytes.length) : loaded;
      }
    }
  }
}
