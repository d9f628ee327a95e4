/**
 * The fast engine, on the Java Vector API. Images lie side by side in the lanes of the vector
 * registers, and each core takes slices of the batch through the whole network and back. So few
 * images that most lanes would be empty run one by one, with output channels in the lanes.
 *
 * <p>The classes form eight groups, from the engine down to indices:
 *
 * <ol>
 *   <li><b>Engine</b>: {@link io.github.posteriori.engine.vector.VectorEngine}, {@code Sessions},
 *       {@code TrainingSessions} and {@code Session} (one caller's memory for a network), {@code
 *       Workers} (threads), {@code VectorOptimiser}, {@code VectorIvon} and {@code GradientSink}.
 *   <li><b>Traversal</b>: {@code BlockWidth} and {@code Partition} cut a batch into blocks, {@link
 *       io.github.posteriori.engine.Chains} joins the stages of a network where layers can be
 *       fused. {@code VectorPass}, {@code Step} and {@code Operations} put off the work of each
 *       block in {@code BlockTasks} until the blocks have to meet. {@code LaneBlock}, {@code
 *       Activations} and {@code Gradient} are what they pass on; {@code Transpose} is how images
 *       come in.
 *   <li><b>Layers</b>: an {@code Operation} computes a layer on one block, a {@code
 *       WholeBatchOperation} on all blocks.
 *   <li><b>Affine layers</b>: {@code LayerPlan} chooses their algorithms by shape, {@code
 *       PlanDescription} says which and why. {@code AffineOperation} computes one on a block, with
 *       an {@code Epilogue} behind it ({@code OutputNoise}, {@code RowPool}).
 *   <li><b>Weights</b>: {@code NetworkWeights}, {@code AffineWeights} and {@code PosteriorTensor}
 *       read or draw them, and pass on their gradients; {@code ParameterWindow} reaches their
 *       numbers, {@code Scratch} holds them meanwhile.
 *   <li><b>Linear maps</b>: a pair of {@code LinearWeights}, shared by all blocks, and {@code
 *       LinearPass}, on one block, for each algorithm: Direct, Depthwise (with the {@code
 *       RowFilter}s), ToomCook (with {@code Karatsuba} and {@code ToomFour}), and those of {@code
 *       RowMap}: Panel and Winograd; {@code AdjointPass} turns one of these round. Weight gradients
 *       are those of {@code BlockGradient}, {@code BatchGemmGradient} and {@code PooledBackward}.
 *   <li><b>Few images</b>: {@code ImageByImage} runs them, {@code ImagePass} traverses a network
 *       with one, each {@code ImageOperation} computes a layer of it; {@code NetworkPanels} and
 *       {@code Panels} hold the weights.
 *   <li><b>Indices</b>: {@code Geometry}, {@code Tiles}, {@code Columns}, {@code TapRange}, {@code
 *       GroupMap}, {@code ColumnTaps}, {@code ConvOffsets}, {@code Axis} and {@code PoolGeometry}
 *       say where numbers lie; the loops over them are in {@link
 *       io.github.posteriori.engine.vector.kernel}.
 * </ol>
 *
 * <p>Glossary:
 *
 * <dl>
 *   <dt>lane
 *   <dd>one float of a vector register; holds an image, or in some kernels a channel
 *   <dt>block
 *   <dd>a slice of the batch, as wide as four registers (full) or one (narrow); an array of a block
 *       is {@code [elements, width]}
 *   <dt>lead
 *   <dd>unused floats at the start of an array, for alignment to cache lines
 *   <dt>linear map
 *   <dd>y = op(x, W) + b; a layer under local reparametrisation has two, of means and of variances
 *   <dt>tile
 *   <dd>up to six channels that a kernel computes together, the rows of a GEMM micro-kernel
 *   <dt>panel
 *   <dd>the columns of a GEMM micro-kernel: two registers in the order in which they are read; of
 *       weights, channels in neighbouring lanes ({@code Columns})
 *   <dt>tap
 *   <dd>a place in a window, of a filter or a pool
 *   <dt>run
 *   <dd>neighbouring numbers that a loop takes together
 *   <dt>part, map
 *   <dd>of Toom and Cook's algorithm: what one product multiplies, and four pixels that have parts
 *   <dt>patch
 *   <dd>6 x 6 or 7 x 7 inputs of Winograd's algorithm
 *   <dt>epilogue
 *   <dd>noise, max-pool and activation, applied to a row of outputs while it is in the cache
 *   <dt>argmax
 *   <dd>the output that a max-pool chose of a window, the only one with a gradient
 *   <dt>whole-batch operation
 *   <dd>a layer for which all blocks wait for each other
 * </dl>
 */
package io.github.posteriori.engine.vector;
