/**
 * Random numbers as a function of a key: seed, step, layer, sample and image. Generators are
 * stateless, so a run is the same on any number of threads and after a resume.
 */
package io.github.posteriori.noise;
