/** The shipped networks. */
package io.github.posteriori.examples.models;
