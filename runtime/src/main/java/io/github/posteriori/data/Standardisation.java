package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

/**
 * The means and standard deviations of a training set, by which a network's inputs become numbers
 * of mean 0 and standard deviation 1: {@code (x - mean) / deviation}, two operations on floats.
 *
 * <p>Images and signals have one of each for every channel, tables for every feature.
 *
 * @param means of each channel or feature; finite
 * @param deviations of each channel or feature; above 0
 */
public record Standardisation(List<Float> means, List<Float> deviations) {
  /** The most numbers that are read to learn from; larger sets are sampled. */
  private static final long MOST_NUMBERS = 1L << 28;

  private static final int MOST_SHOWN = 4;

  public Standardisation {
    means = List.copyOf(means);
    deviations = List.copyOf(deviations);
    if (means.isEmpty() || means.size() != deviations.size()) {
      throw new IllegalArgumentException(
          "a standardisation has %s means and %s deviations, expected one of each for every channel"
              .formatted(means.size(), deviations.size()));
    }
    for (int i = 0; i < means.size(); i++) {
      float deviation = deviations.get(i);
      if (!Float.isFinite(means.get(i)) || !(deviation > 0 && Float.isFinite(deviation))) {
        throw new IllegalArgumentException(
            "channel %s has the mean %s and the deviation %s, expected finite ones above 0"
                .formatted(i, means.get(i), deviation));
      }
    }
  }

  /**
   * Learns from all examples of a set or, where they are more than 2^28 numbers, from as many of
   * them, drawn at random and the same each time. What is constant gets the deviation 1.
   *
   * @throws CancellationException if the calling thread is interrupted
   */
  public static Standardisation of(Dataset set) {
    Shape shape = set.shape();
    int channels =
        shape instanceof Shape.Image image ? image.channels() : ((Shape.Features) shape).count();
    Moments[] moments = new Moments[channels];
    for (int channel = 0; channel < channels; channel++) {
      moments[channel] = new Moments();
    }
    int plane = shape.size() / channels;
    float[] numbers = new float[shape.size()];
    for (int index : sample(set.size(), (int) Math.max(1, MOST_NUMBERS / shape.size()))) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("interrupted while learning a standardisation");
      }
      set.image(index, numbers, 0);
      for (int channel = 0; channel < channels; channel++) {
        moments[channel].add(numbers, channel * plane, plane);
      }
    }
    List<Float> means = new ArrayList<>(channels);
    List<Float> deviations = new ArrayList<>(channels);
    for (Moments channel : moments) {
      means.add((float) channel.mean);
      deviations.add(channel.deviation());
    }
    return new Standardisation(means, deviations);
  }

  private static int[] sample(int size, int most) {
    int[] order = KeyedRandom.of("standardisation").permutation(size);
    return size <= most ? order : Arrays.copyOf(order, most);
  }

  /**
   * Returns whether examples of {@code shape} have as many channels or features as this; features
   * may be those of an image, channel by channel.
   */
  public boolean fits(Shape shape) {
    return shape instanceof Shape.Image image
        ? image.channels() == means.size()
        : shape.size() % means.size() == 0;
  }

  /**
   * Returns standardised copies of some examples.
   *
   * @param examples {@code [count, channels, height, width]} or {@code [count, features]},
   *     row-major
   * @param size the numbers of one example, a multiple of the number of channels
   */
  public float[] apply(float[] examples, int size) {
    float[] standardised = new float[examples.length];
    int channels = means.size();
    int plane = size / channels;
    for (int channel = 0; channel < channels; channel++) {
      float mean = means.get(channel);
      float deviation = deviations.get(channel);
      for (int start = channel * plane; start < examples.length; start += size) {
        for (int i = start; i < start + plane; i++) {
          standardised[i] = (examples[i] - mean) / deviation;
        }
      }
    }
    return standardised;
  }

  /** Returns the first means and deviations, to be read by a person. */
  @Override
  public String toString() {
    return "means " + shown(means) + ", deviations " + shown(deviations);
  }

  private static String shown(List<Float> numbers) {
    String first =
        numbers.stream()
            .limit(MOST_SHOWN)
            .map(number -> String.format(Locale.ROOT, "%.4g", number))
            .collect(Collectors.joining(" "));
    return numbers.size() > MOST_SHOWN ? first + " … of " + numbers.size() : first;
  }

  /** Mean and sum of squared differences, merged plane by plane (Chan et al. 1979). */
  private static final class Moments {
    private double count;
    private double mean;
    private double squares;

    void add(float[] numbers, int from, int plane) {
      double sum = 0;
      for (int i = from; i < from + plane; i++) {
        sum += numbers[i];
      }
      double own = sum / plane;
      double differences = 0;
      for (int i = from; i < from + plane; i++) {
        differences += (numbers[i] - own) * (numbers[i] - own);
      }
      double all = count + plane;
      double shift = own - mean;
      mean += shift * plane / all;
      squares += differences + shift * shift * count * plane / all;
      count = all;
    }

    float deviation() {
      float deviation = (float) Math.sqrt(squares / count);
      return deviation > 0 ? deviation : 1; // sums of floats are exact in doubles
    }
  }
}
