package io.github.posteriori.networks;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Checkpoint;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.names.Spelling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * Finds networks: shipped ones by name, and a user's own in a source, on the class path, or in the
 * checkpoint that carries its source.
 *
 * <p>A source that the user names is compiled and run as it is. One that comes with a checkpoint or
 * a run may be a stranger's; it is run if it is a plain declaration, see {@link ParsedSource}, or
 * if the user trusts it.
 */
public final class Networks {
  private static final String TRUST =
      "look at it, and add --trust if you trust where it comes from, or name your own by --net";

  private final ClassPath classPath;
  private final Compiler compiler;
  private final boolean trusting;
  private final Map<NetSource, CompiledNets> compiled = new HashMap<>();

  /**
   * Creates a finder.
   *
   * @param classPath where classes of networks are
   * @param trusting whether sources that come with checkpoints and runs may run their own code
   */
  public Networks(ClassPath classPath, boolean trusting) {
    this.classPath = classPath;
    this.compiler = new Compiler(classPath);
    this.trusting = trusting;
  }

  /**
   * Finds what {@code --net} says: a shipped name, a source such as {@code Net.java} or {@code
   * Nets.java#Net}, or a class.
   *
   * @param kind that is asked for; a shipped network is Bayesian if none is
   * @param byUser whether the user has said it rather than a file
   * @throws CompilationException when the source has errors
   * @throws NetException when it cannot be read, or runs code that nobody trusts
   * @throws IllegalArgumentException when there is no such network, or not of that kind
   */
  public Definition find(String net, Optional<Kind> kind, boolean byUser) {
    Optional<ShippedNet> shipped = ShippedNet.find(net);
    if (shipped.isPresent()) {
      return shipped.get().definition(kind.orElse(Kind.BAYESIAN));
    }
    int hash = net.indexOf(NetSource.SUFFIX + "#");
    int end = hash < 0 ? net.length() : hash + NetSource.SUFFIX.length();
    Definition own =
        net.substring(0, end).endsWith(NetSource.SUFFIX)
            ? inSource(
                Path.of(net.substring(0, end)),
                hash < 0 ? Optional.empty() : Optional.of(net.substring(end + 1)),
                byUser)
            : onClassPath(net).orElseThrow(() -> unknown(net));
    kind.filter(asked -> asked != own.kind())
        .ifPresent(
            asked -> {
              throw new IllegalArgumentException(
                  "kind is '"
                      + asked
                      + "', but "
                      + own
                      + " is "
                      + own.kind()
                      + " by its layers: leave --kind out, or declare another class");
            });
    return own;
  }

  private Definition inSource(Path file, Optional<String> name, boolean byUser) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "net is '"
              + file
              + "', but there is no such file, expected the source of a network"
              + hint(file.getFileName().toString(), sourcesBeside(file)));
    }
    NetSource source = NetSource.read(file);
    if (!byUser) {
      requireTrust(source, () -> "the source " + file, NetException::new);
    }
    CompiledNets compiled = compiler.compile(source, file.toString());
    Definition chosen = compiled.choose(name);
    System.err.print(compiled.printed());
    return chosen;
  }

  private static String hint(String written, List<String> names) {
    String hint = Spelling.hint(written, names);
    return hint.isEmpty() ? ": write one with new" : hint;
  }

  private static List<String> sourcesBeside(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(NetSource.SUFFIX))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /**
   * Makes the definition of a network with fewer filters, whose source its checkpoints carry.
   *
   * @param module a chain of layers
   * @param outputs filters that are left of a layer
   */
  public Definition narrowed(BayesModule module, ToIntFunction<AffineLayer> outputs) {
    String name = module.definition().replaceFirst(".*[.$]", "").replaceFirst("Pruned$", "");
    String text =
        NarrowSource.of(name + "Pruned", module.inputShape(), module.network().layers(), outputs);
    NetSource source = new NetSource(name + "Pruned" + NetSource.SUFFIX, text);
    return compiler.compile(source, source.file()).choose(Optional.empty());
  }

  /**
   * Refuses a source whose class would hide one that it uses.
   *
   * @throws IllegalArgumentException when it does not compile
   */
  public static void requireCompiles(Path file, String text) {
    try {
      NetSource source = new NetSource(file.getFileName().toString(), text);
      new Compiler(ClassPath.none()).compile(source, file.toString());
    } catch (CompilationException e) {
      throw new IllegalArgumentException(
          "FILE is '"
              + file
              + "', but a class of that name would hide one that it needs, expected another name:"
              + " call it Net.java, for example",
          e);
    }
  }

  /** Finds a class by its binary name, or as Java's sources write it. */
  private Optional<Definition> onClassPath(String name) {
    for (String candidate = name; ; ) {
      try {
        Class<?> type = Class.forName(candidate, false, classPath.loader());
        return Definition.of(type, Optional.empty());
      } catch (ClassNotFoundException | LinkageError e) {
        int dot = candidate.lastIndexOf('.');
        if (dot < 0) {
          return Optional.empty();
        }
        candidate = candidate.substring(0, dot) + "$" + candidate.substring(dot + 1);
      }
    }
  }

  private IllegalArgumentException unknown(String net) {
    List<String> shipped = Arrays.stream(ShippedNet.values()).map(ShippedNet::toString).toList();
    if (classPath.isEmpty() && net.indexOf('.') < 0) {
      List<String> near = new ArrayList<>(shipped);
      near.addAll(sourcesBeside(Path.of(net)));
      return new IllegalArgumentException(
          "net is '"
              + net
              + "', expected one of "
              + shipped
              + ", a source such as Net.java, or a class with --classpath"
              + Spelling.hint(Path.of(net).getFileName().toString(), near));
    }
    return new IllegalArgumentException(
        "net is '"
            + net
            + "', but there is no such network "
            + (classPath.isEmpty() ? "on the class path of this program" : "in " + classPath)
            + ", expected a class with @BayesModel that was compiled with this version of"
            + " Posteriori"
            + (classPath.isEmpty() ? ": say where it is by --classpath" : "")
            + Spelling.hint(net, classPath.networks()));
  }

  /**
   * Reads the network in a checkpoint.
   *
   * @param net what the user says that it is; empty for what the checkpoint says
   * @param options what they state replaces what was saved
   * @throws CheckpointException when the file is damaged, or its network is not to be found
   */
  public BayesModule load(Path file, Optional<String> net, ModuleOptions options) {
    return definition(file, net).load(file, options);
  }

  /** Finds the definition of the network in a checkpoint, as {@link #load} does. */
  public Definition definition(Path file, Optional<String> net) {
    Checkpoint checkpoint = Checkpoint.read(file);
    String className = checkpoint.definition();
    if (net.isPresent()) {
      return ShippedNet.ofClass(className)
          .filter(shipped -> shipped.toString().equals(net.get()))
          .flatMap(shipped -> onClassPath(className))
          .orElseGet(() -> find(net.get(), Optional.empty(), true));
    }
    Optional<NetSource> source = NetSource.of(checkpoint, file);
    if (source.isPresent()) {
      return carried(file, source.get(), className);
    }
    return onClassPath(className)
        .orElseThrow(
            () ->
                new CheckpointException(
                    "the checkpoint "
                        + file
                        + " holds a "
                        + className
                        + ", a checkpoint without its network: say where the class is by"
                        + " --classpath, or give its source by --net"));
  }

  private Definition carried(Path file, NetSource source, String className) {
    requireTrust(
        source,
        () -> "the checkpoint " + file + " carries the source " + source.file() + ", which",
        CheckpointException::new);
    try {
      compiled.computeIfAbsent(source, once -> compiler.compile(once, once.file()));
    } catch (CompilationException e) {
      throw new CheckpointException(
          "the checkpoint "
              + file
              + " carries a source that does not compile here: say where the classes are that it"
              + " uses by --classpath, or give another source by --net\n"
              + e.getMessage().stripTrailing());
    }
    return compiled
        .get(source)
        .ofClass(className)
        .orElseThrow(
            () ->
                new CheckpointException(
                    "the checkpoint "
                        + file
                        + " holds a "
                        + className
                        + ", but the source that it carries declares no such network: give the"
                        + " right one by --net"));
  }

  private interface Refusal {
    RuntimeException of(String message);
  }

  private void requireTrust(NetSource source, Supplier<String> what, Refusal refusal) {
    if (trusting) {
      return;
    }
    compiler
        .excess(source)
        .ifPresent(
            excess -> {
              throw refusal.of(
                  what.get()
                      + " has "
                      + excess
                      + ", expected annotated fields alone, for else it could run any code here: "
                      + TRUST);
            });
  }
}
