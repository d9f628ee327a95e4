package io.github.posteriori.pickle;

/**
 * NumPy's functions by which its arrays and numbers are pickled. Since NumPy 2 {@code numpy.core}
 * is called {@code numpy._core}; both are found here under the older name.
 */
enum NumpyGlobal implements Global {
  ARRAY("numpy.ndarray"),

  /** An array of (class, shape, type) that {@link NumpyArray#build} fills. */
  RECONSTRUCT("numpy.core.multiarray._reconstruct") {
    @Override
    public PickleValue call(Arguments arguments) {
      arguments.requireCount(3, 3);
      return new NumpyArray();
    }
  },

  FROM_BUFFER("numpy.core.numeric._frombuffer") {
    @Override
    public PickleValue call(Arguments arguments) {
      return NumpyArray.ofBuffer(arguments.requireCount(4, 4));
    }
  },

  /** A type of (code, align, copy). */
  TYPE("numpy.dtype") {
    @Override
    public PickleValue call(Arguments arguments) {
      return new NumpyType(arguments.requireCount(1, 3).text(0));
    }
  },

  /** A number of (type, bytes). */
  SCALAR("numpy.core.multiarray.scalar") {
    @Override
    public PickleValue call(Arguments arguments) {
      arguments.requireCount(1, 2).get(0, NumpyType.class, "a NumPy type");
      return new Other("a NumPy number");
    }
  };

  private final String python;

  NumpyGlobal(String python) {
    this.python = python;
  }

  @Override
  public String python() {
    return python;
  }
}
