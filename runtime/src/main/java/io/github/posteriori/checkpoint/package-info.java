/**
 * Files of weights: safetensors, and the state of a training beside it. Files may be damaged or
 * hostile; nothing is allocated that a file does not hold.
 */
package io.github.posteriori.checkpoint;
