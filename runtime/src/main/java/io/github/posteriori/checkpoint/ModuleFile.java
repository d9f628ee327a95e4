package io.github.posteriori.checkpoint;
import io.github.posteriori.BayesModule;
import io.github.posteriori.ModuleOptions;
import java.nio.file.Path;
public final class ModuleFile { public static ModuleFile of(BayesModule m){return new ModuleFile();} public void write(Path p){}
  public interface Factory<M extends BayesModule> { M create(int[] free, ModuleOptions options); }
  public static <M extends BayesModule> M load(Path file, String definition, Factory<M> factory) { throw new UnsupportedOperationException(); }
}
