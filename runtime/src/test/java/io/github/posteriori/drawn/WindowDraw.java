package io.github.posteriori.drawn;

import io.github.posteriori.annotations.Dim;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Draws windows, rows and columns apart, as the processor would admit them over an image. */
final class WindowDraw {
  private static final int MOST_TAPS = 7;
  private static final int MOST_STRIDE = 3;
  private static final int MOST_DILATION = 3;
  private static final int TRIES = 20;

  private final Dice dice;
  private final double oddities;

  WindowDraw(Dice dice, double oddities) {
    this.dice = dice;
    this.oddities = oddities;
  }

  /** One dimension of a window. */
  private record Slide(int taps, int stride, int padding, int dilation) {
    int span() {
      return dilation * (taps - 1) + 1;
    }

    int over(int size) {
      return Dim.slide(size, taps, stride, padding, dilation);
    }

    boolean fits(int size) {
      return span() <= size + 2 * padding;
    }

    boolean fitsConvolution(int size) {
      return fits(size) && padding < span();
    }

    static Window window(Slide down, Slide across) {
      return new Window(
          down.taps,
          across.taps,
          down.stride,
          across.stride,
          down.padding,
          across.padding,
          down.dilation,
          across.dilation);
    }
  }

  /** Draws the window of a convolution, if one is found that fits. */
  Optional<Window> convolution(Shape.Image image) {
    for (int i = 0; i < TRIES; i++) {
      Slide down = convolution();
      Slide across = dice.chance(oddities) ? convolution() : down;
      if (down.fitsConvolution(image.height()) && across.fitsConvolution(image.width())) {
        return Optional.of(Slide.window(down, across));
      }
    }
    return Optional.empty();
  }

  private Slide convolution() {
    if (!dice.chance(oddities)) {
      int taps = dice.of(1, 3, 3, 3, 5);
      return new Slide(taps, dice.of(1, 1, 1, 2), taps / 2, 1);
    }
    int taps = dice.from(1, MOST_TAPS);
    int dilation = dice.chance(0.7) ? 1 : dice.from(2, MOST_DILATION);
    int span = dilation * (taps - 1) + 1;
    int padding = dice.chance(0.4) ? 0 : dice.from(0, span - 1);
    return new Slide(taps, dice.from(1, MOST_STRIDE), padding, dilation);
  }

  /** Draws the window of a pool, if one is found that fits; it may overlap and be padded. */
  Optional<Window> pool(Shape.Image image) {
    for (int i = 0; i < TRIES; i++) {
      Slide down = pool();
      Slide across = dice.chance(oddities) ? pool() : down;
      if (down.fits(image.height()) && across.fits(image.width())) {
        return Optional.of(Slide.window(down, across));
      }
    }
    return Optional.empty();
  }

  private Slide pool() {
    if (!dice.chance(oddities)) {
      return dice.chance(0.6) ? new Slide(2, 2, 0, 1) : new Slide(3, 2, 1, 1);
    }
    int taps = dice.from(1, 4);
    return new Slide(taps, dice.from(1, MOST_STRIDE), dice.from(0, taps / 2), 1);
  }

  /** The number of places that a window takes over an image. */
  static int places(Shape.Image image, Window w) {
    return Dim.slide(image.height(), w.rows(), w.strideRows(), w.paddingRows(), w.dilationRows())
        * Dim.slide(
            image.width(), w.columns(), w.strideColumns(), w.paddingColumns(), w.dilationColumns());
  }

  /** Draws the window of a convolution from one size to another, if there is one. */
  Optional<Window> between(Shape.Image from, Shape.Image to) {
    List<Slide> down = between(from.height(), to.height());
    List<Slide> across = between(from.width(), to.width());
    return down.isEmpty() || across.isEmpty()
        ? Optional.empty()
        : Optional.of(Slide.window(dice.of(down), dice.of(across)));
  }

  private static List<Slide> between(int from, int to) {
    List<Slide> all = new ArrayList<>();
    for (int taps = 1; taps <= MOST_TAPS; taps++) {
      for (int stride = 1; stride <= MOST_STRIDE; stride++) {
        for (int dilation = 1; dilation <= (taps == 1 ? 1 : MOST_DILATION); dilation++) {
          for (int padding = 0; padding <= dilation * (taps - 1); padding++) {
            Slide slide = new Slide(taps, stride, padding, dilation);
            if (slide.fitsConvolution(from) && slide.over(from) == to) {
              all.add(slide);
            }
          }
        }
      }
    }
    return all;
  }
}
