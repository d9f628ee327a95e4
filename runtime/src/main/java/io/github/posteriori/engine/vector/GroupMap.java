package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.ConvOffsets.Plane;
import io.github.posteriori.layers.Window;
import java.util.stream.IntStream;

/**
 * One direction of a convolution in groups, as sums over a group's source channels s and the taps k
 * that read for row r and n that read for column c:
 *
 * <pre>
 *   target[t, r, c] = sum over s, k, n of w[t, s, k, n] source[s, row k reads, column n reads]
 * </pre>
 *
 * <p>Forward x is the source of y, backward dy that of dx.
 *
 * @param source channels of a group that are read
 * @param target channels of a group that are computed
 * @param rows for each target row the source rows that it reads
 * @param sourceStep weights from one source channel to the next
 * @param targetStep weights from one target channel to the next
 */
record GroupMap(
    Geometry geometry,
    Plane source,
    Plane target,
    TapRange[] rows,
    ColumnTaps columns,
    int sourceStep,
    int targetStep) {

  /** The map from x to y. */
  static GroupMap forward(Geometry geometry) {
    return new GroupMap(
        geometry,
        inputs(geometry),
        outputs(geometry),
        geometry.rows(),
        ColumnTaps.forward(geometry.window()),
        geometry.taps(),
        geometry.fanIn());
  }

  /** The map from dy to dx. */
  static GroupMap backward(Geometry geometry) {
    Window window = geometry.window();
    TapRange[] rows =
        TapRange.backward(
            geometry.input().height(),
            geometry.output().height(),
            window.rows(),
            window.strideRows(),
            window.paddingRows(),
            window.dilationRows());
    return new GroupMap(
        geometry,
        outputs(geometry),
        inputs(geometry),
        rows,
        ColumnTaps.backward(window),
        geometry.fanIn(),
        geometry.taps());
  }

  private static Plane inputs(Geometry geometry) {
    return new Plane(geometry.inputsOfGroup(), geometry.input().height(), geometry.input().width());
  }

  private static Plane outputs(Geometry geometry) {
    return new Plane(
        geometry.outputsOfGroup(), geometry.output().height(), geometry.output().width());
  }

  /** The group of a target channel. */
  int group(int channel) {
    return channel / target.channels();
  }

  /** The offsets of all target channels' weights in {@code [out, in / groups, rows, columns]}. */
  int[] weights() {
    int weightsOfGroup = geometry.outputsOfGroup() * geometry.fanIn();
    return IntStream.range(0, geometry.groups() * target.channels())
        .map(channel -> group(channel) * weightsOfGroup + channel % target.channels() * targetStep)
        .toArray();
  }

  /** For each target channel the first source channel that it reads. */
  int[] sources() {
    return IntStream.range(0, geometry.groups() * target.channels())
        .map(channel -> group(channel) * source.channels())
        .toArray();
  }

  /** The offset of a source channel's weights from those of a target channel. */
  int weights(int source, int rowTap, int columnTap) {
    return source * sourceStep + rowTap * geometry.window().columns() + columnTap;
  }

  /** Whether windows of three columns begin in the padding beside the image. */
  boolean hasThreeColumns(int stride) {
    Window window = geometry.window();
    return window.columns() == 3
        && window.paddingColumns() == 1
        && window.dilationColumns() == 1
        && window.strideColumns() == stride;
  }

  /** Whether a target row reads three rows at most. */
  boolean isOfThreeRows() {
    return source.channels() == 1 && geometry.window().rows() <= 3;
  }
}
