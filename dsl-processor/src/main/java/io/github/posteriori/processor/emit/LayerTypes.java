package io.github.posteriori.processor.emit;

import com.palantir.javapoet.ClassName;
import io.github.posteriori.processor.spec.ClassId;
import io.github.posteriori.processor.spec.LayerSpec;
import java.util.List;

/** The classes behind the user's fields. */
final class LayerTypes {
  private LayerTypes() {}

  /** The concrete type of a layer. */
  static ClassName of(LayerSpec layer) {
    if (layer instanceof LayerSpec.Conv) {
      return RuntimeTypes.CONV_LAYER;
    }
    if (layer instanceof LayerSpec.Linear) {
      return RuntimeTypes.LINEAR_LAYER;
    }
    if (layer instanceof LayerSpec.Pool) {
      return RuntimeTypes.POOL_LAYER;
    }
    if (layer instanceof LayerSpec.Activate) {
      return RuntimeTypes.ACTIVATION_LAYER;
    }
    if (layer instanceof LayerSpec.Flatten) {
      return RuntimeTypes.FLATTEN_LAYER;
    }
    if (layer instanceof LayerSpec.BatchNorm) {
      return RuntimeTypes.BATCH_NORM_LAYER;
    }
    if (layer instanceof LayerSpec.Dropout) {
      return RuntimeTypes.DROPOUT_LAYER;
    }
    if (layer instanceof LayerSpec.Join join) {
      return join.kind() == LayerSpec.Join.Kind.ADD
          ? RuntimeTypes.ADD_LAYER
          : RuntimeTypes.CONCAT_LAYER;
    }
    if (layer instanceof LayerSpec.Block block) {
      return ClassName.get(block.network().id().packageName(), block.network().id().simpleModule());
    }
    if (layer instanceof LayerSpec.Custom custom) {
      return of(custom.type());
    }
    throw new IllegalArgumentException("no layer: " + layer);
  }

  /** A class of the user's. */
  static ClassName of(ClassId id) {
    List<String> simple = id.simpleNames();
    return ClassName.get(
        id.packageName(), simple.get(0), simple.subList(1, simple.size()).toArray(String[]::new));
  }
}
