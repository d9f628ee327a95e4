package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.AllGather;
import io.github.posteriori.engine.nd4j.UserOperation;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.CustomLayer;
import io.github.posteriori.layers.Shape;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs a {@link CustomLayer} on the whole batch in one array: a user's code need not know of blocks
 * and threads. Its arrays lie outside the caller's workspaces.
 */
@SuppressWarnings("try") // a workspace scope works by being open
final class CustomLayerOperation implements WholeBatchOperation {
  private final LaneBlock[] blocks;
  private final CustomLayer layer;
  private final UserOperation operation;
  private final float[][] y;
  private final float[][] dx;

  CustomLayerOperation(LaneBlock[] blocks, CustomLayer layer) {
    this.blocks = blocks;
    this.layer = layer;
    this.operation = new UserOperation(layer);
    this.y = arrays(layer.output());
    this.dx = arrays(layer.input());
  }

  private float[][] arrays(Shape shape) {
    float[][] arrays = new float[blocks.length][];
    for (int i = 0; i < blocks.length; i++) {
      arrays[i] = Lanes.array(shape.size() * blocks[i].width());
    }
    return arrays;
  }

  @Override
  public void meet(float[][] x, AllGather shards) {
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      scatter(operation.forward(gathered(x, given(x))), layer.output(), y);
    }
  }

  @Override
  public float[] forward(int block, float[] x) {
    return y[block];
  }

  @Override
  public void meetBack(float[][] dy, AllGather shards) {
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      scatter(operation.backward(gathered(dy, layer.output()), true), layer.input(), dx);
    }
  }

  @Override
  public float[] backward(int block, float[] dy) {
    return dx[block];
  }

  /** The shape of the layer's input, or features where what arrives is of another size. */
  private Shape given(float[][] x) {
    int elements = (x[0].length - Lanes.LEAD) / blocks[0].width();
    return elements == layer.input().size() ? layer.input() : Shape.features(elements);
  }

  private INDArray gathered(float[][] parts, Shape shape) {
    int count = 0;
    for (LaneBlock block : blocks) {
      count += block.count();
    }
    float[] batch = new float[count * shape.size()];
    int row = 0;
    for (int i = 0; i < blocks.length; i++) {
      int images = blocks[i].count();
      Transpose.fromLanes(parts[i], shape.size(), blocks[i].width(), 0, images, batch, row);
      row += images;
    }
    return Nd4j.create(batch, shape.batch(count), 'c');
  }

  private void scatter(INDArray array, Shape shape, float[][] parts) {
    float[] batch = array.dup('c').data().asFloat();
    int row = 0;
    for (int i = 0; i < blocks.length; i++) {
      Transpose.rowsToLanes(batch, shape.size(), row, blocks[i], parts[i]);
      row += blocks[i].count();
    }
  }
}
