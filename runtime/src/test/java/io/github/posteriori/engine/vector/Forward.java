package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.Tiles.Tile;

/** One linear map on one full block, without what surrounds it in a network. */
final class Forward {
  private Forward() {}

  /**
   * y = op(x, W).
   *
   * @param factors {@code [out, in / groups, rows, columns]}
   * @param x {@code [in, pixels, FULL]} from {@link Lanes#LEAD} on
   * @return {@code [out, pixels, FULL]}
   */
  static float[] of(LinearWeights weights, float[] factors, float[] x) {
    Geometry geometry = weights.geometry();
    Scratch scratch = new Scratch();
    for (Tile tile : weights.outputs()) {
      float[] values = new float[tile.rows() * geometry.fanIn()];
      System.arraycopy(factors, tile.first() * geometry.fanIn(), values, 0, values.length);
      weights.set(tile, values, false, scratch);
    }
    LinearPass pass = weights.pass(new Block(Lanes.FULL));
    pass.forward(x);
    int row = geometry.output().width() * Lanes.FULL;
    int plane = geometry.output().height() * row;
    float[] y = new float[geometry.output().channels() * plane];
    for (Tile tile : weights.outputs()) {
      for (int r = 0; r < geometry.output().height(); r++) {
        pass.row(tile, r, y, tile.first() * plane + r * row, plane);
      }
    }
    return y;
  }
}
