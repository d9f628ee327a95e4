/**
 * Python's pickles, read as data without running code in them.
 *
 * <p>A pickle is a program for a small stack machine that may name and call any Python function.
 * The {@code Unpickler} carries out its instructions on {@code PickleValue}s; a {@code Vocabulary}
 * says which names a format may use, and what each of them builds here. Whatever else a pickle
 * names is refused.
 */
package io.github.posteriori.pickle;
