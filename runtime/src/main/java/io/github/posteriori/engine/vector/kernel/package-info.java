/**
 * Internal to the vector engine: stateless loops over arrays, each compiled to one vector loop.
 * They are public only for the parent package and may change at any time.
 */
package io.github.posteriori.engine.vector.kernel;
