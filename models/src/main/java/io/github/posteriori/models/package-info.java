/** The shipped networks. */
package io.github.posteriori.models;
