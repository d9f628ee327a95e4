package io.github.posteriori.data.corruption;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.names.Names;
import io.github.posteriori.noise.KeyedRandom;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One of the fifteen common corruptions of pictures, in one of five strengths (Hendrycks and
 * Dietterich 2019, "Benchmarking neural network robustness to common corruptions and
 * perturbations").
 *
 * <p>Pictures whose shorter side is below 64 pixels take the parameters of CIFAR-10-C, lengths in
 * pixels as they are; larger ones take those of ImageNet-C, lengths scaled by the shorter side over
 * its 224 pixels. What is of colour treats one channel as grey. Beyond its border an image is
 * mirrored. Frost is drawn, where the paper pastes photographs; images are not rounded to bytes,
 * but by JPEG; random numbers are this project's own: so figures are near those of the published
 * files, and not the same.
 *
 * @param kind what happens to a picture
 * @param strength from 1, weak, to 5
 */
public record Corruption(Kind kind, int strength) {
  /** The number of strengths. */
  public static final int STRENGTHS = 5;

  private static final Pattern TEXT = Pattern.compile("([^:]*):([1-" + STRENGTHS + "])");

  /** What happens to a picture; printed as the command line takes it. */
  public enum Kind {
    /** Normal noise, as in little light. */
    GAUSSIAN_NOISE(GaussianNoise::of),
    /** Poisson noise of the photons counted. */
    SHOT_NOISE(ShotNoise::of),
    /** Numbers that are black or white, as by errors of bits. */
    IMPULSE_NOISE(ImpulseNoise::of),
    /** Out of focus: every point is a disk. */
    DEFOCUS_BLUR(DefocusBlur::of),
    /** Behind frosted glass: pixels have changed places with their neighbours. */
    GLASS_BLUR(GlassBlur::of),
    /** A camera that moves: every point is a trail. */
    MOTION_BLUR(MotionBlur::of),
    /** A camera that moves towards the middle. */
    ZOOM_BLUR(ZoomBlur::of),
    /** Flakes that fall, and light ground. */
    SNOW(Snow::of),
    /** Ice crystals on the lens. */
    FROST(Frost::of),
    /** Clouds of uneven density. */
    FOG(Fog::of),
    /** More light. */
    BRIGHTNESS(Brightness::of),
    /** Less contrast. */
    CONTRAST(Contrast::of),
    /** Small parts that are stretched and shifted. */
    ELASTIC_TRANSFORM(ElasticTransform::of),
    /** Fewer and larger pixels. */
    PIXELATE(Pixelate::of),
    /** The artefacts of JPEG at low quality. */
    JPEG_COMPRESSION(JpegCompression::of);

    private final Making making;

    Kind(Making making) {
      this.making = making;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Makes a distortion for images of a scale. */
    private interface Making {
      Distortion of(Scale scale, int strength);
    }
  }

  /**
   * Creates a corruption.
   *
   * @throws IllegalArgumentException if the strength is not from 1 to 5
   */
  public Corruption {
    if (strength < 1 || strength > STRENGTHS) {
      throw new IllegalArgumentException(
          "strength of " + kind + " is " + strength + ", expected 1 to " + STRENGTHS);
    }
  }

  /** Returns all corruptions, by kind and strength. */
  public static List<Corruption> all() {
    return Stream.of(Kind.values())
        .flatMap(kind -> IntStream.rangeClosed(1, STRENGTHS).mapToObj(s -> new Corruption(kind, s)))
        .toList();
  }

  /**
   * Reads a corruption from text, {@code KIND:STRENGTH} such as {@code gaussian-noise:3}.
   *
   * @throws IllegalArgumentException if there is no such kind or strength
   */
  public static Corruption parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "corruption is '%s', expected KIND:STRENGTH, a kind of %s and a strength from 1 to %s"
              .formatted(text, List.of(Kind.values()), STRENGTHS));
    }
    Kind kind = Names.find("kind of corruption", parts.group(1), Kind.values());
    return new Corruption(kind, Integer.parseInt(parts.group(2)));
  }

  /**
   * Checks that examples can be corrupted so: pictures of one channel or three.
   *
   * @param name what to call their set
   * @throws IllegalArgumentException if they cannot
   */
  public void requireFit(String name, Shape shape) {
    boolean picture =
        shape instanceof Shape.Image image
            && image.height() > 1
            && (image.channels() == 1 || image.channels() == 3);
    if (!picture) {
      throw new IllegalArgumentException(
          ("%s corrupts pictures, grey or of three colours, but the examples of %s are %s: leave it"
                  + " out, or give the set one channel or three")
              .formatted(this, name, shape));
    }
  }

  /**
   * Corrupts an image in place.
   *
   * @param shape of the image, which {@link #requireFit} accepts
   * @param target holds the image from {@code offset} on: pixels from 0 to 1, channel by channel
   *     and row by row, before and after
   * @param random decides what is drawn; the same stream for the same result
   */
  public void apply(Shape.Image shape, float[] target, int offset, KeyedRandom random) {
    float[] image = new float[shape.size()];
    System.arraycopy(target, offset, image, 0, image.length);
    kind.making.of(Scale.of(shape), strength).apply(shape, image, random);
    for (int i = 0; i < image.length; i++) {
      target[offset + i] = Math.max(0, Math.min(1, image[i]));
    }
  }

  /** Returns what {@link #parse} reads. */
  @Override
  public String toString() {
    return kind + ":" + strength;
  }
}
