/**
 * Files of weights and of training states, in the safetensors format. Files may be damaged or
 * hostile; memory is allocated only for what a file holds.
 */
package io.github.posteriori.checkpoint;
