package io.github.posteriori.cli.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SparkClusterTest {

  @Test
  void executorsAlignArraysUnlessTheUserSaysHow() {
    assertTrue(
        SparkCluster.executorOptions("").contains("=ALL-UNNAMED -XX:ObjectAlignmentInBytes=64 "));
    String stated = SparkCluster.executorOptions("-XX:ObjectAlignmentInBytes=16");
    assertFalse(stated.contains("InBytes=64"), stated);
  }

  @Test
  void executorsCollectInParallelUnlessTheUserNamesACollector() {
    assertTrue(SparkCluster.executorOptions("").endsWith(" -XX:+UseParallelGC"));
    String stated = SparkCluster.executorOptions("-Xss2m -XX:+UseZGC -verbose:gc");
    assertTrue(stated.startsWith("-Xss2m -XX:+UseZGC -verbose:gc --add-exports "), stated);
    assertFalse(stated.contains("UseParallelGC"), "the JVM refuses two collectors: " + stated);
  }

  @Test
  void parquetIsReadAsManyRowsAtATimeAsAPassTakesUnlessTheUserSaysHow() {
    String key = "spark.sql.parquet.columnarReaderBatchSize";
    assertEquals("256", SparkCluster.settings("local[1]").get(key));
    System.setProperty(key, "1000");
    try {
      assertEquals("1000", SparkCluster.settings("local[1]").get(key));
    } finally {
      System.clearProperty(key);
    }
  }
}
