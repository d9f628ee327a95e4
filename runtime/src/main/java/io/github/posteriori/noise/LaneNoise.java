package io.github.posteriori.noise;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The numbers of {@link Noise} for images that lie side by side in vector lanes, bit for bit the
 * same: {@link Threefry} and {@link Normal} with each operation done for a register of images at a
 * time.
 *
 * <p>Needs the module {@code jdk.incubator.vector}. An instance belongs to one thread at a time.
 */
public final class LaneNoise {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, FLOATS.vectorShape());
  private static final int LENGTH = FLOATS.length();
  private static final int PARITY = 0x1BD11BDA;

  private final int width;
  private final int[] k0;
  private final int[] k1;
  private final int[] image;
  private final int[] counter;
  private int[] first = new int[0];
  private int[] second = new int[0];

  /**
   * For a block of images.
   *
   * @param width lanes of the block, a multiple of the register's
   */
  public LaneNoise(int width) {
    this.width = width;
    this.k0 = new int[width];
    this.k1 = new int[width];
    this.image = new int[width];
    this.counter = new int[width];
  }

  /** Gives the lanes of {@code [from, to)} this key, and one image after the other. */
  public void key(Noise noise, int from, int to, int firstImage) {
    for (int lane = from; lane < to; lane++) {
      k0[lane] = noise.k0();
      k1[lane] = noise.k1();
      image[lane] = firstImage + lane - from;
    }
  }

  /**
   * Standard normal numbers for pairs of elements.
   *
   * @param firstPair the elements {@code 2 firstPair}, {@code 2 firstPair + 1} and so on
   * @param pairs how many pairs
   * @param target gets {@code [2 pairs, width]}
   * @param offset where in {@code target}
   */
  public void normal(int firstPair, int pairs, float[] target, int offset) {
    words(firstPair, pairs);
    transform(pairs * width, target, offset);
  }

  /** As {@link #normal}, but uniform in [0, 1). */
  public void uniform(int firstPair, int pairs, float[] target, int offset) {
    words(firstPair, pairs);
    for (int i = 0; i < pairs * width; i += LENGTH) {
      int at = offset + i + i / width * width;
      uniform(IntVector.fromArray(INTS, first, i)).intoArray(target, at);
      uniform(IntVector.fromArray(INTS, second, i)).intoArray(target, at + width);
    }
  }

  private static FloatVector uniform(IntVector word) {
    IntVector upper = word.lanewise(VectorOperators.LSHR, 8);
    return ((FloatVector) upper.convertShape(VectorOperators.I2F, FLOATS, 0)).mul(0x1p-24f);
  }

  private void words(int firstPair, int pairs) {
    if (first.length < pairs * width) {
      first = new int[pairs * width];
      second = new int[pairs * width];
    }
    for (int lane = 0; lane < width; lane += LENGTH) {
      words(firstPair, pairs, lane);
    }
  }

  /**
   * Standard normal numbers that all images share, those of image 0.
   *
   * @param noise of a layer; the lanes' keys are lost
   * @param firstElement of those asked for
   * @param count how many
   * @param target gets them from index {@code offset} on
   * @param spare {@code [2, width]} or more, overwritten
   */
  public void shared(
      Noise noise, int firstElement, int count, float[] target, int offset, float[] spare) {
    for (int lane = 0; lane < width; lane++) {
      k0[lane] = noise.k0();
      k1[lane] = noise.k1();
      image[lane] = 0;
      counter[lane] = lane;
    }
    int skipped = firstElement & 1;
    for (int done = -skipped; done < count; done += 2 * width) {
      normal((firstElement + done) / 2, 1, spare, 0);
      for (int e = Math.max(0, -done); e < Math.min(2 * width, count - done); e++) {
        target[offset + done + e] = spare[(e & 1) * width + e / 2];
      }
    }
    Arrays.fill(counter, 0);
  }

  /** The words of {@link Threefry} for one register of lanes. */
  private void words(int firstPair, int pairs, int lane) {
    IntVector key0 = IntVector.fromArray(INTS, k0, lane);
    IntVector key1 = IntVector.fromArray(INTS, k1, lane);
    IntVector key2 = key0.lanewise(VectorOperators.XOR, key1).lanewise(VectorOperators.XOR, PARITY);
    IntVector counters = IntVector.fromArray(INTS, counter, lane).add(key0);
    IntVector images = IntVector.fromArray(INTS, image, lane).add(key1);
    for (int pair = 0; pair < pairs; pair++) {
      IntVector x = counters.add(firstPair + pair);
      IntVector y = images;
      // Twenty rounds in groups of four, written out: the key is injected after each group.
      x = x.add(y);
      y = y.lanewise(VectorOperators.ROL, 13).lanewise(VectorOperators.XOR, x);
      x = x.add(y);
      y = y.lanewise(VectorOperators.ROL, 15).lanewise(VectorOperators.XOR, x);
      x = x.add(y);
      y = y.lanewise(VectorOperators.ROL, 26).lanewise(VectorOperators.XOR, x);
      x = x.add(y);
      y = y.lanewise(VectorOperators.ROL, 6).lanewise(VectorOperators.XOR, x);
      x = x.add(key1);
      y = y.add(key2).add(1);
      x = x.add(y);
      y = y.lanewise(VectorOperators.ROL, 17).lanewise(VectorOperators.XOR, x);
      x = x.add(y);
      y = y.lanewise(VectorOperators.ROL, 29).lanewise(VectorOperators.XOR, x);
      x = x.add(y);
      y = y.lanewise(VectorOperators.ROL, 16).lanewise(VectorOperators.XOR, x);
      x = x.add(y);
      y = y.lanewise(VectorOperators.ROL, 24).lanewise(VectorOperators.XOR, x);
      x = x.add(key2);
      y = y.add(key0).add(2);
      x = x.add(y);
      y = y.lanewise(VectorOperators.ROL, 13).lanewise(VectorOperators.XOR, x);
      x = x.add(y);
      y = y.lanewise(VectorOperators.ROL, 15).lanewise(VectorOperators.XOR, x);
      x = x.add(y);
      y = y.lanewise(VectorOperators.ROL, 26).lanewise(VectorOperators.XOR, x);
      x = x.add(y);
      y = y.lanewise(VectorOperators.ROL, 6).lanewise(VectorOperators.XOR, x);
      x = x.add(key0);
      y = y.add(key1).add(3);
      x = x.add(y);
      y = y.lanewise(VectorOperators.ROL, 17).lanewise(VectorOperators.XOR, x);
      x = x.add(y);
      y = y.lanewise(VectorOperators.ROL, 29).lanewise(VectorOperators.XOR, x);
      x = x.add(y);
      y = y.lanewise(VectorOperators.ROL, 16).lanewise(VectorOperators.XOR, x);
      x = x.add(y);
      y = y.lanewise(VectorOperators.ROL, 24).lanewise(VectorOperators.XOR, x);
      x = x.add(key1);
      y = y.add(key2).add(4);
      x = x.add(y);
      y = y.lanewise(VectorOperators.ROL, 13).lanewise(VectorOperators.XOR, x);
      x = x.add(y);
      y = y.lanewise(VectorOperators.ROL, 15).lanewise(VectorOperators.XOR, x);
      x = x.add(y);
      y = y.lanewise(VectorOperators.ROL, 26).lanewise(VectorOperators.XOR, x);
      x = x.add(y);
      y = y.lanewise(VectorOperators.ROL, 6).lanewise(VectorOperators.XOR, x);
      x = x.add(key2);
      y = y.add(key0).add(5);
      x.intoArray(first, pair * width + lane);
      y.intoArray(second, pair * width + lane);
    }
  }

  /** {@link Normal}'s two numbers from each pair of words. */
  private void transform(int words, float[] target, int offset) {
    for (int i = 0; i < words; i += LENGTH) {
      FloatVector radius = radius(IntVector.fromArray(INTS, first, i));
      FloatVector turns =
          (FloatVector)
              IntVector.fromArray(INTS, second, i).convertShape(VectorOperators.I2F, FLOATS, 0);
      turns = turns.mul(0x1p-30f);
      IntVector quadrant =
          ((IntVector) turns.add(2.5f).convertShape(VectorOperators.F2I, INTS, 0)).sub(2);
      FloatVector rest =
          turns.sub((FloatVector) quadrant.convertShape(VectorOperators.I2F, FLOATS, 0));
      IntVector sine = sine(rest).viewAsIntegralLanes();
      IntVector cosine = cosine(rest).viewAsIntegralLanes();
      IntVector difference = sine.lanewise(VectorOperators.XOR, cosine);
      IntVector odd = quadrant.and(1).neg();
      // Normal.turn(quadrant + 1, ...) and Normal.turn(quadrant, ...).
      IntVector ahead =
          sine.lanewise(VectorOperators.XOR, difference.and(odd.not()))
              .lanewise(
                  VectorOperators.XOR, quadrant.add(1).and(2).lanewise(VectorOperators.LSHL, 30));
      IntVector here =
          sine.lanewise(VectorOperators.XOR, difference.and(odd))
              .lanewise(VectorOperators.XOR, quadrant.and(2).lanewise(VectorOperators.LSHL, 30));
      int at = offset + i + i / width * width;
      radius.mul(ahead.viewAsFloatingLanes()).intoArray(target, at);
      radius.mul(here.viewAsFloatingLanes()).intoArray(target, at + width);
    }
  }

  /** {@link Normal#radius}. */
  private static FloatVector radius(IntVector word) {
    IntVector upper = word.lanewise(VectorOperators.LSHR, 8).add(1);
    FloatVector u =
        ((FloatVector) upper.convertShape(VectorOperators.I2F, FLOATS, 0)).mul(0x1p-24f);
    return log(u).mul(-2f).sqrt();
  }

  /** {@link Normal#log}. */
  private static FloatVector log(FloatVector u) {
    int half = Float.floatToRawIntBits(Normal.SQRT_HALF);
    IntVector bits = u.viewAsIntegralLanes().sub(half);
    FloatVector exponent =
        (FloatVector)
            bits.lanewise(VectorOperators.ASHR, 23).convertShape(VectorOperators.I2F, FLOATS, 0);
    FloatVector x = bits.and(0x7FFFFF).add(half).viewAsFloatingLanes().sub(1f);
    FloatVector p = FloatVector.broadcast(FLOATS, 0.073324628f);
    p = p.fma(x, FloatVector.broadcast(FLOATS, -0.116598874f));
    p = p.fma(x, FloatVector.broadcast(FLOATS, 0.116346672f));
    p = p.fma(x, FloatVector.broadcast(FLOATS, -0.123967066f));
    p = p.fma(x, FloatVector.broadcast(FLOATS, 0.142511562f));
    p = p.fma(x, FloatVector.broadcast(FLOATS, -0.166691512f));
    p = p.fma(x, FloatVector.broadcast(FLOATS, 0.200006887f));
    p = p.fma(x, FloatVector.broadcast(FLOATS, -0.249999806f));
    p = p.fma(x, FloatVector.broadcast(FLOATS, 0.333333313f));
    FloatVector square = x.mul(x);
    FloatVector rest =
        exponent.fma(FloatVector.broadcast(FLOATS, Normal.LN2_LOW), square.mul(-0.5f));
    FloatVector fraction = p.mul(x).fma(square, rest).add(x);
    return exponent.fma(FloatVector.broadcast(FLOATS, Normal.LN2_HIGH), fraction);
  }

  /** {@link Normal#sine}. */
  private static FloatVector sine(FloatVector r) {
    FloatVector square = r.mul(r);
    FloatVector p = FloatVector.broadcast(FLOATS, -0.00460217427f);
    p = p.fma(square, FloatVector.broadcast(FLOATS, 0.0796802267f));
    p = p.fma(square, FloatVector.broadcast(FLOATS, -0.64596349f));
    p = p.fma(square, FloatVector.broadcast(FLOATS, 1.57079637f));
    return p.mul(r);
  }

  /** {@link Normal#cosine}. */
  private static FloatVector cosine(FloatVector r) {
    FloatVector square = r.mul(r);
    FloatVector p = FloatVector.broadcast(FLOATS, 0.000903631269f);
    p = p.fma(square, FloatVector.broadcast(FLOATS, -0.0208600704f));
    p = p.fma(square, FloatVector.broadcast(FLOATS, 0.253669202f));
    p = p.fma(square, FloatVector.broadcast(FLOATS, -1.23370051f));
    return p.fma(square, FloatVector.broadcast(FLOATS, 1f));
  }
}
