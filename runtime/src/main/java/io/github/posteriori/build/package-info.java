/**
 * Makes the layers and stages of a module, one after the other. Generated code is its only caller.
 */
package io.github.posteriori.build;
