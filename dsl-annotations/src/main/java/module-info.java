/** What a user may write on the fields of a network. */
module io.github.posteriori.annotations {
  exports io.github.posteriori.annotations;
}
