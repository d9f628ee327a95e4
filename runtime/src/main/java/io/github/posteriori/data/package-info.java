/** Labelled sets of images: their files, augmentation, and batches read ahead. */
package io.github.posteriori.data;
