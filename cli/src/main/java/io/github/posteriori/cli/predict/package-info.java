/** What the commands that answer for a user's own pictures share. */
package io.github.posteriori.cli.predict;
