package io.github.posteriori.cli.serve;

import io.github.posteriori.cli.predict.PictureInput;
import io.github.posteriori.data.Picture;
import io.github.posteriori.data.picture.PictureException;
import io.github.posteriori.layers.Shape;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Takes pictures, prepared as the command {@code predict} prepares them. */
final class PictureIntake implements Intake {
  private static final String INVERT = "invert";

  /** What programs state of bytes they know nothing about; the last one is curl's. */
  private static final Set<String> NEUTRAL =
      Set.of("", "application/octet-stream", "application/x-www-form-urlencoded");

  private final PictureInput plain;
  private final PictureInput inverted;
  private final boolean invert;
  private final PixelBudget budget = new PixelBudget();

  /**
   * Takes pictures for images of a shape.
   *
   * @param invert whether dark and light are exchanged, unless a request says otherwise
   */
  PictureIntake(Shape.Image shape, boolean invert) {
    this.plain = new PictureInput(shape, false);
    this.inverted = new PictureInput(shape, true);
    this.invert = invert;
  }

  /** Whether dark and light are exchanged, unless a request says otherwise. */
  boolean invert() {
    return invert;
  }

  @Override
  public Set<String> parameters() {
    return Set.of(INVERT);
  }

  @Override
  public Taken take(byte[] body, String type, Query query, long nanoseconds)
      throws InterruptedException {
    if (!type.startsWith("image/") && !NEUTRAL.contains(type)) {
      throw new Refusal(
          415,
          "the body is "
              + type
              + ", expected a "
              + Picture.FORMATS
              + " file: send its bytes as they are, as curl --data-binary @picture.png does");
    }
    PictureInput input = query.flag(INVERT, invert) ? inverted : plain;
    try {
      float[] pixels = budget.read(body, input::read, nanoseconds);
      return new Taken(
          pixels, input.hasLightGround(pixels) ? Optional.of(hint(input)) : Optional.empty());
    } catch (PictureException e) {
      String remedy = e.remedy().substring(0, 1).toLowerCase(Locale.ROOT) + e.remedy().substring(1);
      throw new Refusal(
          400, "the body is " + e.found() + ", expected " + e.expected() + ": " + bare(remedy));
    }
  }

  private static String bare(String sentence) {
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }

  private static String hint(PictureInput input) {
    return "the picture has a light ground"
        + (input.invert() ? " when inverted" : "")
        + ", where MNIST and the drawn digits have a dark one: if the network learned from such, "
        + (input.invert() ? "do not invert it" : "invert it (?invert=true)");
  }
}
