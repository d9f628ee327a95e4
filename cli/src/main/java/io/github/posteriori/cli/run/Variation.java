package io.github.posteriori.cli.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.posteriori.data.Augmentation;
import io.github.posteriori.data.corruption.Corruption;
import java.util.Map;
import java.util.Optional;

/**
 * How a run varies its training images, as {@code config.json} keeps it.
 *
 * @param rotation largest one of an image, in degrees either way
 * @param shift largest one of an image along each axis, in pixels
 * @param flip whether half of the images are mirrored left to right
 * @param augment what comes after that, as {@link Augmentation#parse} reads it
 * @param corrupt how images are corrupted at last, as {@link Corruption#parse} reads it, or empty
 *     where they are not
 */
public record Variation(
    double rotation,
    int shift,
    boolean flip,
    String augment,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<String> corrupt) {
  public Variation {
    // Runs of version 0.1 do not say these.
    augment = augment == null ? Augmentation.none().toString() : augment;
    corrupt = corrupt == null ? Optional.empty() : corrupt;
  }

  /** Returns the same in the library's terms. */
  Augmentation augmentation() {
    Augmentation motion = Augmentation.rotation(rotation).withShift(shift);
    Augmentation varied =
        (flip ? motion.withHorizontalFlip() : motion).then(Augmentation.parse(augment));
    return corrupt.map(Corruption::parse).map(varied::withCorruption).orElse(varied);
  }

  /** Puts the options of {@code train} that ask for it. */
  void putInto(Map<String, String> options) {
    options.put("rotation", String.valueOf(rotation));
    options.put("shift", String.valueOf(shift));
    options.put("flip", String.valueOf(flip));
    options.put("augment", augment);
    corrupt.ifPresent(corruption -> options.put("corrupt", corruption));
  }
}
