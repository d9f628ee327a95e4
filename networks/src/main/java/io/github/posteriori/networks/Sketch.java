package io.github.posteriori.networks;

import io.github.posteriori.layers.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * The source of a small network that fits some data, to begin from: convolutions for images and
 * signals, a perceptron for features.
 */
public final class Sketch {
  /** Height and width that are small enough to flatten. */
  private static final int SMALL = 8;

  /** Above this a first convolution of stride 2 saves most of the time and memory. */
  private static final int LARGE = 64;

  private static final int FIRST_CHANNELS = 16;
  private static final int MOST_CHANNELS = 128;

  private final List<Field> fields = new ArrayList<>();
  private final Kind kind;
  private final String input;

  /** A layer: its annotation, its name, and the shape of its output where that changes. */
  private record Field(String annotation, String name, String shape) {}

  /** The step of a window along one axis. */
  private record Axis(int kernel, int stride, int padding) {
    int after(int size) {
      return (size + 2 * padding - kernel) / stride + 1;
    }
  }

  private Sketch(Kind kind, Shape shape, int outputs) {
    this.kind = kind;
    if (shape instanceof Shape.Image image) {
      input =
          "channels = "
              + image.channels()
              + ", height = "
              + image.height()
              + ", width = "
              + image.width();
      images(image);
    } else {
      input = "features = " + shape.size();
      features(shape.size());
    }
    linear(shape instanceof Shape.Image ? "fc" : "fc3", outputs);
  }

  /**
   * Writes the source of a network.
   *
   * @param name of its class
   * @param kind of its weights
   * @param input shape of one example
   * @param outputs of the last layer
   * @param means what they are, such as "in 10 classes"
   */
  public static String of(String name, Kind kind, Shape input, int outputs, String means) {
    return new Sketch(kind, input, outputs)
        .source(name, what(input) + " " + means.replace("*/", "").replace("\\", ""));
  }

  private static String what(Shape input) {
    if (!(input instanceof Shape.Image image)) {
      return input.size() + " features";
    }
    return (image.height() == 1 ? "Signals " : "Images ") + image;
  }

  private void images(Shape.Image image) {
    boolean signal = image.height() == 1;
    int height = image.height();
    int width = image.width();
    int channels = FIRST_CHANNELS;
    int last = channels;
    for (int stage = 1; stage == 1 || height > SMALL || width > SMALL; stage++) {
      boolean strides = stage == 1 && !signal && Math.min(height, width) > LARGE;
      Axis filter = signal ? new Axis(7, 1, 3) : strides ? new Axis(5, 2, 2) : new Axis(3, 1, 1);
      Axis down = signal ? new Axis(1, 1, 0) : filter;
      height = down.after(height);
      width = filter.after(width);
      add(
          weighted("Conv", channels, window(down, filter, false)),
          "conv" + stage,
          Shape.image(channels, height, width).toString());
      add("@Activate", "act" + stage, "");
      Axis rows = pool(height, signal);
      Axis columns = pool(width, signal);
      if (rows.kernel + columns.kernel > 2) {
        height = rows.after(height);
        width = columns.after(width);
        add(
            "@MaxPool(" + window(rows, columns, true).substring(2) + ")",
            "pool" + stage,
            Shape.image(channels, height, width).toString());
      }
      last = channels;
      channels = Math.min(MOST_CHANNELS, 2 * channels);
    }
    add("@Flatten", "flatten", "[" + last * height * width + "]");
  }

  private void features(int count) {
    int units = count > LARGE ? 256 : 64;
    for (int i = 1; i <= 2; i++) {
      linear("fc" + i, units);
      add("@Activate", "act" + i, "");
    }
  }

  private void linear(String name, int outputs) {
    add(weighted("Linear", outputs, ""), name, "[" + outputs + "]");
  }

  /** Returns the annotation of a layer with weights of this network's kind. */
  private String weighted(String layer, int outputs, String window) {
    String prefix = kind == Kind.BAYESIAN ? "@Bayes" : "@";
    return prefix + layer + "(out = " + outputs + window + ")";
  }

  /** Returns a pool that leaves no row or column out. */
  private static Axis pool(int size, boolean signal) {
    if (size <= SMALL) {
      return new Axis(1, 1, 0);
    }
    if (signal && size % 4 == 0 && size > 2 * SMALL) {
      return new Axis(4, 4, 0);
    }
    return size % 2 == 0 ? new Axis(2, 2, 0) : new Axis(3, 2, 1);
  }

  /** Returns what an annotation states of a window, but for what it need not. */
  private static String window(Axis rows, Axis columns, boolean pool) {
    String text = ", kernel = " + pair(rows.kernel, columns.kernel);
    boolean usual =
        pool
            ? rows.stride == rows.kernel && columns.stride == columns.kernel
            : rows.stride == 1 && columns.stride == 1;
    text += usual ? "" : ", stride = " + pair(rows.stride, columns.stride);
    boolean padded = rows.padding + columns.padding > 0;
    return text + (padded ? ", padding = " + pair(rows.padding, columns.padding) : "");
  }

  private static String pair(int rows, int columns) {
    return rows == columns ? String.valueOf(rows) : "{" + rows + ", " + columns + "}";
  }

  private void add(String annotation, String name, String shape) {
    fields.add(new Field(annotation, name, shape));
  }

  private String source(String name, String what) {
    StringBuilder text =
        new StringBuilder(
            """
            import io.github.posteriori.*;
            import io.github.posteriori.annotations.*;

            /** %s. */
            @BayesModel(%s%s)
            class %s {
            """
                .formatted(
                    what,
                    input,
                    kind == Kind.BAYESIAN ? ", prior = @Prior(sigma = Prior.HE)" : "",
                    name));
    int longest = fields.stream().mapToInt(field -> field.annotation.length()).max().orElse(0);
    int longestName = fields.stream().mapToInt(field -> field.name.length()).max().orElse(0);
    for (Field field : fields) {
      String line =
          ("    %-" + longest + "s  Layer %-" + (longestName + 1) + "s  %s")
              .formatted(
                  field.annotation,
                  field.name + ";",
                  field.shape.isEmpty() ? "" : "// " + field.shape);
      text.append(line.stripTrailing()).append('\n');
    }
    return text.append("}\n").toString();
  }
}
