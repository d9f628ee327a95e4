/**
 * The served page and its API: a request becomes a picture, waits with others in a bounded queue,
 * and is answered in JSON.
 */
package io.github.posteriori.cli.serve;
