/** Which weights a network can do without: their scores, and the masks that keep the best. */
package io.github.posteriori.pruning;
