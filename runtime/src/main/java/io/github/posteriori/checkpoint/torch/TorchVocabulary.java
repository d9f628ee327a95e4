package io.github.posteriori.checkpoint.torch;

import io.github.posteriori.pickle.Arguments;
import io.github.posteriori.pickle.Global;
import io.github.posteriori.pickle.PickleException;
import io.github.posteriori.pickle.PickleValue;
import io.github.posteriori.pickle.PickleValue.Constant;
import io.github.posteriori.pickle.PickleValue.Dictionary;
import io.github.posteriori.pickle.Vocabulary;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * PyTorch's names in pickles, and the storages that these refer to. Sources: {@code
 * torch/_weights_only_unpickler.py} and, of the persistent ids, {@code torch/serialization.py}.
 */
final class TorchVocabulary implements Vocabulary {
  private static final Map<String, Global> BUILT =
      Stream.<Global[]>of(TorchGlobal.values(), StorageType.values())
          .flatMap(Stream::of)
          .collect(Collectors.toUnmodifiableMap(Global::python, global -> global));

  /** Types of numbers, schemes of quantization and classes of tensors: names alone. */
  private static final Pattern TYPES =
      Pattern.compile(
          "torch\\.(float\\w*|bfloat16|half|double|u?int\\d*|short|long|bool|complex\\w*|q\\w?int\\w*"
              + "|bits\\w*|per_(tensor|channel)_\\w+|(cuda\\.)?(sparse\\.)?([A-Z]\\w*)?Tensor)");

  private final Map<String, Storage> storages = new HashMap<>();

  /** A name that stands for itself. */
  private record Type(String python) implements Global {}

  /** The storages referred to so far, by key. */
  Map<String, Storage> storages() {
    return storages;
  }

  @Override
  public Optional<Global> find(String name) {
    Global built = BUILT.get(name.replaceFirst("^torch\\.cuda\\.(?=\\w+Storage$)", "torch."));
    return built == null && TYPES.matcher(name).matches()
        ? Optional.of(new Type(name))
        : Optional.ofNullable(built);
  }

  /**
   * Reads ("storage", type, key, device, length) and, in the legacy format, a view, which is None.
   */
  @Override
  public Storage persistent(Arguments parts) {
    if (!parts.values().isEmpty() && parts.text(0).equals("module")) {
      throw PickleException.forbidden(
          "the persistent id module, the source code of a whole module");
    }
    parts.requireCount(5, 6);
    if (!parts.text(0).equals("storage")) {
      throw PickleException.forbidden("the persistent id " + parts.text(0));
    }
    if (parts.values().size() == 6 && parts.values().get(5) != Constant.NONE) {
      throw PickleException.forbidden(
          "a storage that is a part of another, which PyTorch no longer writes");
    }
    Storage storage =
        new Storage(
            parts.get(1, StorageType.class, "a type of storage"), parts.text(2), parts.number(4));
    if (storage.length() < 0) {
      throw PickleException.damaged(
          "storage " + storage.key() + " has " + storage.length() + " numbers", "at least 0");
    }
    Storage known = storages.putIfAbsent(storage.key(), storage);
    if (known != null && !known.equals(storage)) {
      throw PickleException.damaged(
          "storage " + storage.key() + " is described twice, differently", "once");
    }
    return storage;
  }

  @Override
  public PickleException object(String className, PickleValue state) {
    boolean module =
        state instanceof Dictionary attributes && attributes.entries().containsKey("_modules");
    return PickleException.forbidden(
        (module ? "a whole module" : "an object") + " of the class " + className);
  }
}
