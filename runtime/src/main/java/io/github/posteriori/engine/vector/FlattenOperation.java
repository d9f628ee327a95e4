package io.github.posteriori.engine.vector;

/** Passes images on as features, which have the same layout: y = x. */
final class FlattenOperation implements Operation {
  private float[] x;

  @Override
  public void forward(float[] x, int sample, int samples) {
    this.x = x;
  }

  @Override
  public float[] output(int index) {
    return x;
  }

  @Override
  public float[] backward(float[] dy, boolean wantsInput) {
    return dy;
  }
}
