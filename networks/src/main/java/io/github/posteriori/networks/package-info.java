/**
 * Networks by the name, the source or the class that a user gives, or by what a checkpoint says.
 */
package io.github.posteriori.networks;
