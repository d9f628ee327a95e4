/** Common corruptions of pictures, by which one measures a network under shift. */
package io.github.posteriori.data.corruption;
