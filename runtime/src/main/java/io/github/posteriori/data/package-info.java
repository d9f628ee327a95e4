/** Labelled sets of images: their files, variation, and batches read ahead. */
package io.github.posteriori.data;
