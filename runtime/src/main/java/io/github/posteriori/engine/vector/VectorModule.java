package io.github.posteriori.engine.vector;

/**
 * The JDK's module of the Vector API, which a JVM leaves out unless an option names it.
 *
 * <p>{@code --add-modules} makes the JVM print a line about incubator modules at each start. Where
 * {@code java.base} exports the package that loads modules, this class loads it later, in silence;
 * the boot loader defines it all the same, so that C2 compiles its vectors to instructions.
 */
final class VectorModule {
  static final String NAME = "jdk.incubator.vector";

  /** What to do where the module cannot be loaded. */
  static final String REMEDY = "add --add-modules " + NAME + " to the options of java";

  private static final String LOADING = "jdk.internal.module.Modules";

  private VectorModule() {}

  /** Loads the module unless it is there already, and tells whether it now is. */
  static boolean load() {
    if (ModuleLayer.boot().findModule(NAME).isPresent()) {
      return true;
    }
    try {
      Module loaded =
          (Module) Class.forName(LOADING).getMethod("loadModule", String.class).invoke(null, NAME);
      VectorModule.class.getModule().addReads(loaded);
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
