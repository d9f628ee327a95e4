package io.github.posteriori.engine.vector.kernel;

import static io.github.posteriori.engine.vector.kernel.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import io.github.posteriori.noise.Noise;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Draws the numbers of {@link Noise} for images that lie side by side in vector lanes, bit for bit
 * the same: Threefry, Box and Muller as {@link Noise} has them, with each operation done for a
 * register of images at a time.
 *
 * <p>An instance belongs to one thread at a time.
 */
public final class LaneNoise {
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, FLOATS.vectorShape());
  private static final int PARITY = 0x1BD11BDA;

  private static final float SQRT_HALF = 0.70710678f;

  /** 2^23: floats from here on are whole, with the number in their last bits. */
  private static final float WHOLE = 0x1p23f;

  /** 1.5 times 2^23: adding a small number to its bits adds the number. */
  private static final float MIDDLE = 0x1.8p23f;

  private static final int ONE = Float.floatToRawIntBits(1);

  private final int width;
  private final int[] k0;
  private final int[] k1;
  private final int[] image;
  private final int[] counter;
  private int[] first = new int[0];
  private int[] second = new int[0];
  private float[] exponents;
  private float[] rests;
  private int[] quadrants;
  private float[] sines;

  /**
   * Creates the noise of a block of images.
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

  /**
   * Sets the key of lanes {@code [from, to)}, which hold one image after the other.
   *
   * @param imageStep between the positions of neighbouring images
   */
  public void key(Noise noise, int from, int to, int firstImage, int imageStep) {
    for (int lane = from; lane < to; lane++) {
      k0[lane] = noise.k0();
      k1[lane] = noise.k1();
      image[lane] = firstImage + (lane - from) * imageStep;
    }
  }

  /**
   * Draws standard normal numbers for pairs of elements.
   *
   * @param firstPair the elements {@code 2 firstPair}, {@code 2 firstPair + 1} and so on
   * @param pairs how many pairs
   * @param target gets {@code [2 pairs, width]}
   * @param offset where in {@code target}
   */
  public void normal(int firstPair, int pairs, float[] target, int offset) {
    words(firstPair, pairs);
    int words = pairs * width;
    split(words);
    radius(words);
    turns(words);
    sinesAndCosines(words);
    for (int pair = 0; pair < pairs; pair++) {
      place(pair * width, target, offset + 2 * pair * width);
    }
  }

  /** Draws as {@link #normal}, but uniform numbers in [0, 1). */
  public void uniform(int firstPair, int pairs, float[] target, int offset) {
    words(firstPair, pairs);
    for (int pair = 0; pair < pairs; pair++) {
      int at = offset + 2 * pair * width;
      uniform(first, pair * width, target, at);
      uniform(second, pair * width, target, at + width);
    }
  }

  private void uniform(int[] words, int from, float[] target, int to) {
    for (int lane = 0; lane < width; lane += LENGTH) {
      IntVector upper =
          IntVector.fromArray(INTS, words, from + lane).lanewise(VectorOperators.LSHR, 8);
      ((FloatVector) upper.convertShape(VectorOperators.I2F, FLOATS, 0))
          .mul(0x1p-24f)
          .intoArray(target, to + lane);
    }
  }

  /**
   * Draws standard normal numbers of one image, one after the other. Those that all images share
   * are image 0's.
   *
   * @param noise of a layer; the lanes' keys are lost
   * @param ofImage number of the image
   * @param firstElement of those asked for
   * @param count how many
   * @param target gets them from index {@code offset} on
   * @param spare {@code [2, width]} or more, overwritten; with more of it they come faster
   */
  public void sequence(
      Noise noise,
      int ofImage,
      int firstElement,
      int count,
      float[] target,
      int offset,
      float[] spare) {
    int most = spare.length / (2 * width);
    if (most == 0) {
      throw new IllegalArgumentException(
          "spare has room for " + spare.length + " numbers, expected " + 2 * width + " or more");
    }
    int done = -(firstElement & 1);
    while (done < count) {
      int pairs = Math.min(most, (count - done + 2 * width - 1) / (2 * width));
      for (int lane = 0; lane < width; lane++) {
        k0[lane] = noise.k0();
        k1[lane] = noise.k1();
        image[lane] = ofImage;
        counter[lane] = lane * pairs;
      }
      normal((firstElement + done) / 2, pairs, spare, 0);
      gather(spare, 2 * pairs, target, offset, done, count);
      done += 2 * pairs * width;
    }
    Arrays.fill(counter, 0);
  }

  /**
   * Transposes runs of numbers, one in each lane, into one sequence.
   *
   * @param done where the first of them belongs in the target, which ends with {@code count}
   */
  private void gather(float[] lanes, int run, float[] target, int offset, int done, int count) {
    int first = done;
    for (int lane = 0; lane < width; ) {
      if (first >= 0 && first + 4 * run <= count && lane + 4 <= width) {
        four(lanes, lane, run, target, offset + first);
        lane += 4;
        first += 4 * run;
      } else {
        int start = Math.max(0, -first);
        for (int i = start; i < Math.min(run, count - first); i++) {
          target[offset + first + i] = lanes[lane + i * width];
        }
        lane++;
        first += run;
      }
    }
  }

  /** Transposes four lanes together, which takes half as long as one by one. */
  private void four(float[] lanes, int lane, int run, float[] target, int to) {
    for (int i = to, at = lane; i < to + run; i++, at += width) {
      target[i] = lanes[at];
      target[i + run] = lanes[at + 1];
      target[i + 2 * run] = lanes[at + 2];
      target[i + 3 * run] = lanes[at + 3];
    }
  }

  /**
   * Computes the words of {@code Threefry}, in short loops: the JVM's compiler gives up on long
   * ones.
   */
  private void words(int firstPair, int pairs) {
    if (first.length < pairs * width) {
      first = new int[pairs * width];
      second = new int[pairs * width];
      exponents = new float[pairs * width];
      rests = new float[pairs * width];
      quadrants = new int[pairs * width];
      sines = new float[pairs * width];
    }
    for (int lane = 0; lane < width; lane += LENGTH) {
      begin(firstPair, pairs, lane);
      proceed(pairs, lane);
      end(pairs, lane);
    }
  }

  /** Computes the first eight of {@code Threefry}'s rounds, for one register of lanes. */
  private void begin(int firstPair, int pairs, int lane) {
    IntVector key0 = IntVector.fromArray(INTS, k0, lane);
    IntVector key1 = IntVector.fromArray(INTS, k1, lane);
    IntVector key2 = key0.lanewise(VectorOperators.XOR, key1).lanewise(VectorOperators.XOR, PARITY);
    IntVector counters = IntVector.fromArray(INTS, counter, lane).add(key0);
    IntVector images = IntVector.fromArray(INTS, image, lane).add(key1);
    for (int pair = 0; pair < pairs; pair++) {
      int at = pair * width + lane;
      IntVector x = counters.add(firstPair + pair);
      IntVector y = images;
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
      x.intoArray(first, at);
      y.intoArray(second, at);
    }
  }

  /** Computes the next eight rounds. */
  private void proceed(int pairs, int lane) {
    IntVector key0 = IntVector.fromArray(INTS, k0, lane);
    IntVector key1 = IntVector.fromArray(INTS, k1, lane);
    IntVector key2 = key0.lanewise(VectorOperators.XOR, key1).lanewise(VectorOperators.XOR, PARITY);
    for (int pair = 0; pair < pairs; pair++) {
      int at = pair * width + lane;
      IntVector x = IntVector.fromArray(INTS, first, at);
      IntVector y = IntVector.fromArray(INTS, second, at);
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
      x.intoArray(first, at);
      y.intoArray(second, at);
    }
  }

  /** Computes the last four rounds. */
  private void end(int pairs, int lane) {
    IntVector key0 = IntVector.fromArray(INTS, k0, lane);
    IntVector key1 = IntVector.fromArray(INTS, k1, lane);
    IntVector key2 = key0.lanewise(VectorOperators.XOR, key1).lanewise(VectorOperators.XOR, PARITY);
    for (int pair = 0; pair < pairs; pair++) {
      int at = pair * width + lane;
      IntVector x = IntVector.fromArray(INTS, first, at);
      IntVector y = IntVector.fromArray(INTS, second, at);
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
      x.intoArray(first, at);
      y.intoArray(second, at);
    }
  }

  /**
   * Splits u = 2^e m, the first part of {@code Normal.radius}. C2 of JDK 17 can be trusted with one
   * cast of a vector's type only: with a second, some runs got objects for vectors.
   */
  private void split(int words) {
    int half = Float.floatToRawIntBits(SQRT_HALF);
    int middleBits = Float.floatToRawIntBits(MIDDLE);
    for (int i = 0; i < words; i += LENGTH) {
      IntVector upper =
          IntVector.fromArray(INTS, first, i).lanewise(VectorOperators.LSHR, 8).add(1);
      FloatVector u =
          ((FloatVector) upper.convertShape(VectorOperators.I2F, FLOATS, 0)).mul(0x1p-24f);
      IntVector bits = u.viewAsIntegralLanes().sub(half);
      IntVector exponent = bits.lanewise(VectorOperators.ASHR, 23);
      exponent.add(middleBits).viewAsFloatingLanes().sub(MIDDLE).intoArray(exponents, i);
      bits.and(0x7FFFFF).add(half).viewAsFloatingLanes().sub(1f).intoArray(rests, i);
    }
  }

  /** Computes {@code Normal.radius}, sqrt(-2 ln u), in place of the exponent. */
  private void radius(int words) {
    for (int i = 0; i < words; i += LENGTH) {
      FloatVector x = FloatVector.fromArray(FLOATS, rests, i);
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
      FloatVector exponent = FloatVector.fromArray(FLOATS, exponents, i);
      FloatVector rest = exponent.fma(FloatVector.broadcast(FLOATS, Ln2.LOW), square.mul(-0.5f));
      FloatVector fraction = p.mul(x).fma(square, rest).add(x);
      FloatVector log = exponent.fma(FloatVector.broadcast(FLOATS, Ln2.HIGH), fraction);
      log.mul(-2f).sqrt().intoArray(exponents, i);
    }
  }

  /**
   * Computes {@code Normal.quarterTurns} and {@code Normal.quadrant}, and the rest of the angle.
   */
  private void turns(int words) {
    for (int i = 0; i < words; i += LENGTH) {
      IntVector word = IntVector.fromArray(INTS, second, i);
      FloatVector turns =
          ((FloatVector) word.convertShape(VectorOperators.I2F, FLOATS, 0)).mul(0x1p-30f);
      // The whole number at or below: casts to int are slow on JDK 17, and masks may cost objects.
      FloatVector shifted = turns.add(2.5f);
      FloatVector nearest = shifted.add(WHOLE).sub(WHOLE);
      IntVector above = shifted.sub(nearest).viewAsIntegralLanes();
      IntVector one = above.lanewise(VectorOperators.ASHR, 31).and(ONE);
      FloatVector floor = nearest.sub(one.viewAsFloatingLanes());
      turns.sub(floor.sub(2f)).intoArray(rests, i);
      // The last two bits are those of the quadrant, floor - 2, and nothing else is asked of it.
      floor.add(WHOLE).viewAsIntegralLanes().sub(2).intoArray(quadrants, i);
    }
  }

  /** Computes {@code Normal.sine} and {@code Normal.cosine}, the latter in place of the angle. */
  private void sinesAndCosines(int words) {
    for (int i = 0; i < words; i += LENGTH) {
      FloatVector r = FloatVector.fromArray(FLOATS, rests, i);
      FloatVector square = r.mul(r);
      FloatVector sine = FloatVector.broadcast(FLOATS, -0.00460217427f);
      sine = sine.fma(square, FloatVector.broadcast(FLOATS, 0.0796802267f));
      sine = sine.fma(square, FloatVector.broadcast(FLOATS, -0.64596349f));
      sine = sine.fma(square, FloatVector.broadcast(FLOATS, 1.57079637f));
      sine.mul(r).intoArray(sines, i);
      FloatVector cosine = FloatVector.broadcast(FLOATS, 0.000903631269f);
      cosine = cosine.fma(square, FloatVector.broadcast(FLOATS, -0.0208600704f));
      cosine = cosine.fma(square, FloatVector.broadcast(FLOATS, 0.253669202f));
      cosine = cosine.fma(square, FloatVector.broadcast(FLOATS, -1.23370051f));
      cosine.fma(square, FloatVector.broadcast(FLOATS, 1f)).intoArray(rests, i);
    }
  }

  /**
   * Computes the radius times {@code Normal.turn} of quadrant + 1 and of quadrant, for one pair.
   */
  private void place(int from, float[] target, int to) {
    for (int lane = 0; lane < width; lane += LENGTH) {
      int i = from + lane;
      IntVector quadrant = IntVector.fromArray(INTS, quadrants, i);
      IntVector sine = FloatVector.fromArray(FLOATS, sines, i).viewAsIntegralLanes();
      IntVector cosine = FloatVector.fromArray(FLOATS, rests, i).viewAsIntegralLanes();
      IntVector difference = sine.lanewise(VectorOperators.XOR, cosine);
      IntVector here = sine.lanewise(VectorOperators.XOR, difference.and(quadrant.and(1).neg()));
      IntVector ahead = here.lanewise(VectorOperators.XOR, difference);
      IntVector sign = quadrant.and(2).lanewise(VectorOperators.LSHL, 30);
      IntVector signAhead = quadrant.add(1).and(2).lanewise(VectorOperators.LSHL, 30);
      FloatVector radius = FloatVector.fromArray(FLOATS, exponents, i);
      radius
          .mul(ahead.lanewise(VectorOperators.XOR, signAhead).viewAsFloatingLanes())
          .intoArray(target, to + lane);
      radius
          .mul(here.lanewise(VectorOperators.XOR, sign).viewAsFloatingLanes())
          .intoArray(target, to + lane + width);
    }
  }
}
