/**
 * Internal to the vector engine: its leaf loops, each compiled by itself to one vector loop.
 * Classes are public only for the parent package and may change at any time.
 *
 * <p>All but {@link io.github.posteriori.engine.vector.kernel.LaneNoise} are stateless. They take
 * arrays and offsets, never objects, and call nothing that takes or returns a vector: C2 would
 * otherwise allocate an object for each vector. {@code docs/performance.md} has the pitfalls.
 *
 * <ul>
 *   <li>{@code Lanes}: the registers of this machine
 *   <li>{@code PanelGemm} with {@code PanelLoops}, {@code GemmKernel} ({@code WideGemm}, {@code
 *       NarrowGemm}), {@code LaneDotKernel}, {@code RowDotKernel}, {@code SparseAxpyKernel}:
 *       products
 *   <li>{@code DepthwiseLoops}, {@code ThreeColumns}, {@code ThreeColumnsApart}: products along the
 *       rows of a channel
 *   <li>{@code SixPoints}, {@code SevenPoints}, {@code KaratsubaLoops}: transforms of algorithms
 *       with fewer products
 *   <li>{@code ActivationLoops}, {@code NoiseLoops}, {@code PoolLoops}, {@code QuadLoops}, {@code
 *       MeanLoops}: epilogues
 *   <li>{@code PosteriorLoops}, {@code LaneNoise}: weights and noise
 *   <li>{@code Elementwise}, {@code MomentLoops}, {@code Sums}: arithmetic
 * </ul>
 */
package io.github.posteriori.engine.vector.kernel;
