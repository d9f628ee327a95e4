/**
 * Random numbers as a function of a key: of seed, step, layer, sample and image for the noise of a
 * network, whose generators are stateless; and streams for data. So a run is the same on any number
 * of threads and after a resume.
 */
package io.github.posteriori.noise;
