/** The annotations that declare a network. */
module io.github.posteriori.annotations {
  exports io.github.posteriori.annotations;
}
