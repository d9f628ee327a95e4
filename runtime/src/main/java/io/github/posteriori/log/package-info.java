/** Messages to the one who runs a program. */
package io.github.posteriori.log;
