package io.github.posteriori.data;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.posteriori.layers.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class BatchesTest {

  @ParameterizedTest
  @CsvSource({"1,10", "3,4", "5,2", "9,2", "10,1", "11,1", "2147483647,1"})
  void coversEveryExampleOnceAndInOrder(int batchSize, int expected) {
    try (Batches batches = Batches.of(numbered(10), batchSize)) {
      assertEquals(expected, batches.batches());
      int position = 0;
      while (batches.hasNext()) {
        Batch batch = batches.next();
        assertEquals(position, batch.first());
        assertEquals(Math.min(batchSize, 10 - position), batch.count());
        assertEquals(batch.count(), batch.labels().length);
        assertEquals(batch.count() * 2, batch.images().length);
        for (int i = 0; i < batch.count(); i++) {
          assertEquals(position + i, batch.labels()[i]);
          assertEquals(position + i, batch.images()[2 * i]);
          assertEquals(-position - i, batch.images()[2 * i + 1]);
        }
        position += batch.count();
      }
      assertEquals(10, position);
    }
  }

  /** Position of each label in an epoch of a set whose thirds of each batch are parts. */
  private static int[] partOfEachLabel(long epoch, List<Integer> order) {
    int[] parts = new int[20];
    try (Batches batches =
        Batches.shuffledWithin(
            position -> position % 6 / 2, numbered(20), 6, Augmentation.none(), 3, epoch)) {
      for (int position = 0; batches.hasNext(); ) {
        for (int label : batches.next().labels()) {
          order.add(label);
          parts[label] = position++ % 6 / 2;
        }
      }
    }
    return parts;
  }

  @Test
  void anExampleStaysInItsPart() {
    List<Integer> one = new ArrayList<>();
    List<Integer> other = new ArrayList<>();
    assertArrayEquals(partOfEachLabel(0, one), partOfEachLabel(1, other));
    assertEquals(20, Set.copyOf(one).size());
    assertEquals(Set.copyOf(one), Set.copyOf(other));
    assertNotEquals(one, other);
    int[] inOrder = IntStream.range(0, 20).map(position -> position % 6 / 2).toArray();
    assertFalse(Arrays.equals(inOrder, partOfEachLabel(0, one)), "parts are drawn at random");
  }

  @Test
  void hasNoBatchAfterTheLast() {
    try (Batches batches = Batches.of(numbered(2), 1)) {
      batches.next();
      batches.next();

      assertFalse(batches.hasNext());
      assertThrows(NoSuchElementException.class, batches::next);
    }
  }

  @Test
  void shufflesEveryEpochAnew() {
    int[] first = order(10, 1, 0);

    assertArrayEquals(IntStream.range(0, 100).toArray(), Arrays.stream(first).sorted().toArray());
    assertFalse(Arrays.equals(first, order(10, 1, 1)), "epoch");
    assertFalse(Arrays.equals(first, order(10, 2, 0)), "seed");
    assertFalse(Arrays.equals(first, IntStream.range(0, 100).toArray()), "not shuffled");
  }

  @Test
  void shufflesByNothingButSeedAndEpoch() {
    assertArrayEquals(order(10, 1, 3), order(7, 1, 3));
  }

  @Test
  void variesAnExampleAlikeInBatchesOfEverySize() {
    Dataset digits = Digits.digits(50, 1);
    Augmentation rotation = Augmentation.rotation(10).withHorizontalFlip();

    float[] small = images(Batches.shuffled(digits, 7, rotation, 1, 2));

    assertArrayEquals(images(Batches.shuffled(digits, 50, rotation, 1, 2)), small);
  }

  @Test
  void variesTheSameExampleDifferentlyFromEpochToEpoch() {
    Dataset one = Digits.digits(1, 1);
    Augmentation rotation = Augmentation.rotation(10);

    float[] original = images(Batches.shuffled(one, 1, Augmentation.none(), 1, 0));
    float[] epoch0 = images(Batches.shuffled(one, 1, rotation, 1, 0));
    float[] epoch1 = images(Batches.shuffled(one, 1, rotation, 1, 1));

    assertFalse(Arrays.equals(original, epoch0));
    assertFalse(Arrays.equals(epoch0, epoch1));
  }

  @Test
  void variesTwoExamplesDifferently() {
    float[] image = new float[1024];
    Digits.digits(1, 1).image(0, image, 0);
    Dataset twins =
        Dataset.of("twins", Shape.image(1, 32, 32), 1, new float[][] {image, image}, new int[2]);

    float[] both = images(Batches.shuffled(twins, 2, Augmentation.rotation(10), 1, 0));

    assertFalse(Arrays.equals(both, 0, 1024, both, 1024, 2048));
  }

  @Test
  void saysWhichRowsABatchHasUnlessItVariesThem() {
    try (Batches batches = Batches.shuffled(numbered(10), 4, Augmentation.none(), 1, 0)) {
      Batch batch = batches.next();
      assertArrayEquals(batch.labels(), batch.rows());
      assertArrayEquals(batch.slice(1, 2).labels(), batch.slice(1, 2).rows());
      Batch without = batch.with(new float[0]).slice(1, 2);
      assertArrayEquals(batch.slice(1, 2).rows(), without.rows());
      assertEquals(0, without.images().length);
    }
    Dataset digits = Digits.digits(4, 1);
    for (Augmentation varied :
        List.of(Augmentation.rotation(10), Augmentation.none().withMixup(0.2))) {
      try (Batches batches = Batches.shuffled(digits, 4, varied, 1, 0)) {
        assertEquals(0, batches.next().rows().length, varied.toString());
      }
    }
  }

  @Test
  void aSliceHasTheImagesOfItsExamplesAndTheirPlace() {
    try (Batches batches = Batches.of(numbered(10), 4)) {
      batches.next();
      Batch slice = batches.next().slice(1, 2);
      assertArrayEquals(new float[] {5, -5, 6, -6}, slice.images());
      assertArrayEquals(new int[] {5, 6}, slice.labels());
      assertArrayEquals(new int[] {5, 6}, slice.rows());
      assertEquals(5, slice.first());
    }
  }

  @Test
  void givesEveryBatchArraysOfItsOwn() {
    try (Batches batches = Batches.of(numbered(10), 2)) {
      Batch first = batches.next();
      batches.forEachRemaining(batch -> Arrays.fill(batch.images(), 7));

      assertArrayEquals(new float[] {0, 0, 1, -1}, first.images());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void refusesABatchSizeBelowOne(int batchSize) {
    var e = assertThrows(IllegalArgumentException.class, () -> Batches.of(numbered(3), batchSize));

    assertEquals("batch size is " + batchSize + ", expected at least 1", e.getMessage());
  }

  @Test
  void refusesABatchThatNoArrayHolds() {
    Dataset large = new Numbered(1 << 20, Shape.image(1, 1 << 6, 1 << 6), i -> {});

    var e = assertThrows(IllegalArgumentException.class, () -> Batches.of(large, 1 << 20));

    assertTrue(e.getMessage().contains("more than an array holds"), e.getMessage());
  }

  @Test
  void readsAFewBatchesAheadAndNoMore() throws Exception {
    AtomicInteger read = new AtomicInteger();
    CountDownLatch three = new CountDownLatch(6);
    Dataset counted =
        numbered(
            100,
            i -> {
              read.incrementAndGet();
              three.countDown();
            });

    try (Batches batches = Batches.of(counted, 2)) {
      assertTrue(three.await(10, SECONDS), "nothing is read ahead");
      Thread.sleep(50);
      assertEquals(6, read.get());
      assertEquals(50, batches.batches());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 9})
  void passesAnExceptionOfTheDataSetOnAsItIs(int failing) {
    IllegalStateException failure = new IllegalStateException("disk on fire");
    Dataset broken =
        numbered(
            10,
            i -> {
              if (i == failing) {
                throw failure;
              }
            });

    try (Batches batches = Batches.of(broken, 2)) {
      for (int i = 0; i < failing / 2; i++) {
        assertEquals(2 * i, batches.next().first());
      }
      assertSame(failure, assertThrows(IllegalStateException.class, batches::next));
      assertTrue(batches.hasNext(), "a failed epoch must not look finished");
      assertThrows(IllegalStateException.class, batches::next);
    }
  }

  @Test
  void passesAnErrorOnAsItIs() {
    Dataset broken =
        numbered(
            10,
            i -> {
              throw new OutOfMemoryError("made up");
            });

    try (Batches batches = Batches.of(broken, 2)) {
      assertEquals("made up", assertThrows(OutOfMemoryError.class, batches::next).getMessage());
    }
  }

  @Test
  void endsItsThreadWithTheEpochEvenIfNotClosed() throws Exception {
    List<Thread> threads = new ArrayList<>();
    Batches batches = Batches.of(numbered(4, i -> threads.add(Thread.currentThread())), 1);
    batches.forEachRemaining(batch -> {});

    assertTrue(threads.get(0).isDaemon());
    assertEnds(threads.get(0));
  }

  @Test
  void endsItsThreadWhenClosedWithBatchesWaiting() throws Exception {
    List<Thread> threads = new ArrayList<>();
    Batches batches = Batches.of(numbered(100, i -> threads.add(Thread.currentThread())), 1);
    batches.next();

    batches.close();
    batches.close();

    assertEnds(threads.get(0));
    assertTrue(batches.hasNext(), "a closed epoch must not look finished");
    assertThrows(IllegalStateException.class, batches::next);
  }

  @Test
  void endsItsThreadWhenClosedInTheMiddleOfABatch() throws Exception {
    List<Thread> threads = new ArrayList<>();
    CountDownLatch started = new CountDownLatch(1);
    AtomicInteger read = new AtomicInteger();
    Dataset slow =
        numbered(
            1_000_000,
            i -> {
              threads.add(Thread.currentThread());
              read.incrementAndGet();
              started.countDown();
              for (long end = System.nanoTime() + 1_000_000; System.nanoTime() < end; ) {
                Thread.onSpinWait();
              }
            });
    Batches batches = Batches.of(slow, 1_000_000);
    assertTrue(started.await(10, SECONDS));

    batches.close();

    assertEnds(threads.get(0));
    assertTrue(read.get() < 10_000, read + " examples read");
  }

  @Test
  void releasesAWaitingReaderWhenClosedByAnotherThread() throws Exception {
    Batches batches = Batches.of(numbered(10, i -> waitUntilInterrupted()), 1);
    List<Throwable> seen = new ArrayList<>();
    Thread reader = new Thread(() -> seen.add(assertThrows(Exception.class, batches::next)));
    reader.start();
    while (reader.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }

    batches.close();

    assertEnds(reader);
    assertEquals(CancellationException.class, seen.get(0).getClass());
  }

  @Test
  void stopsWaitingWhenInterruptedAndStaysInterrupted() {
    Batches batches = Batches.of(numbered(10, i -> waitUntilInterrupted()), 1);

    Thread.currentThread().interrupt();

    assertThrows(CancellationException.class, batches::next);
    assertTrue(Thread.interrupted());
    assertThrows(IllegalStateException.class, batches::next);
  }

  @Test
  void readsExamplesThatTakeLongOnSeveralThreadsAndInTheSameOrder() {
    assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "one core alone");
    CountDownLatch two = new CountDownLatch(2);
    Dataset slow = new Slow(numbered(10, i -> meet(two)));
    try (Batches batches = Batches.of(slow.matching(ClassNames.numbers(11).names()), 4)) {
      int expected = 0;
      while (batches.hasNext()) {
        for (int label : batches.next().labels()) {
          assertEquals(expected++, label);
        }
      }
    }
    assertArrayEquals(
        images(Batches.of(numbered(10), 3)), images(Batches.of(new Slow(numbered(10)), 3)));
  }

  /** Waits until two examples are being read. */
  private static void meet(CountDownLatch two) {
    two.countDown();
    try {
      assertTrue(two.await(10, SECONDS), "one example at a time");
    } catch (InterruptedException e) {
      throw new CancellationException();
    }
  }

  @Test
  void passesAnExceptionOfAnyThreadOnAndEndsTheThreads() throws Exception {
    List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
    IllegalStateException failure = new IllegalStateException("disk on fire");
    Dataset broken =
        new Slow(
            numbered(
                20,
                i -> {
                  threads.add(Thread.currentThread());
                  if (i == 17) {
                    throw failure;
                  }
                }));

    try (Batches batches = Batches.of(broken, 20)) {
      assertSame(failure, assertThrows(IllegalStateException.class, batches::next));
    }
    for (Thread thread : threads) {
      assertTrue(thread.isDaemon());
      assertEnds(thread);
    }
  }

  private static void waitUntilInterrupted() {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException e) {
      throw new CancellationException();
    }
  }

  private static void assertEnds(Thread thread) throws InterruptedException {
    thread.join(5_000);
    assertFalse(thread.isAlive(), "still running: " + thread);
  }

  private static int[] order(int batchSize, long seed, long epoch) {
    List<Integer> labels = new ArrayList<>();
    try (Batches batches =
        Batches.shuffled(numbered(100), batchSize, Augmentation.none(), seed, epoch)) {
      batches.forEachRemaining(
          batch -> Arrays.stream(batch.labels()).forEach(label -> labels.add(label)));
    }
    return labels.stream().mapToInt(label -> label).toArray();
  }

  private static float[] images(Batches batches) {
    float[] images = new float[0];
    while (batches.hasNext()) {
      float[] more = batches.next().images();
      images = Arrays.copyOf(images, images.length + more.length);
      System.arraycopy(more, 0, images, images.length - more.length, more.length);
    }
    return images;
  }

  @Test
  void refusesASetOfANegativeSize() {
    for (Executable reading :
        List.<Executable>of(
            () -> Batches.of(numbered(-2), 1),
            () -> Batches.shuffled(numbered(-2), 1, Augmentation.none(), 0, 0))) {
      assertEquals(
          "numbered has -2 examples, expected at least 0: look where it was read or cut",
          assertThrows(IllegalArgumentException.class, reading).getMessage());
    }
  }

  private static Dataset numbered(int size) {
    return numbered(size, i -> {});
  }

  private static Dataset numbered(int size, IntConsumer whenRead) {
    return new Numbered(size, Shape.image(1, 1, 2), whenRead);
  }

  @ParameterizedTest
  @CsvSource({"10, 3, 3", "0, 1, 1", "8, 2, -2", "4, 0, 0", "8, 1, 2"})
  void refusesABatchWithoutTheImagesOrTargetsOfItsExamples(int numbers, int labels, int count) {
    assertEquals(
        "the batch has %d numbers of images, %d targets and 0 rows, expected those of %d examples"
            .formatted(numbers, labels, count),
        assertThrows(
                IllegalArgumentException.class,
                () -> new Batch(new float[numbers], new int[labels], count, 0))
            .getMessage());
  }

  /** A set that is read on several threads. */
  private record Slow(Dataset base) implements Dataset {

    @Override
    public boolean takesLongToRead() {
      return true;
    }

    @Override
    public String name() {
      return base.name();
    }

    @Override
    public int size() {
      return base.size();
    }

    @Override
    public Shape shape() {
      return base.shape();
    }

    @Override
    public int classes() {
      return base.classes();
    }

    @Override
    public int label(int index) {
      return base.label(index);
    }

    @Override
    public void image(int index, float[] target, int offset) {
      base.image(index, target, offset);
    }
  }

  /** Example i has label i and the pixels i and -i. */
  private record Numbered(int size, Shape.Image shape, IntConsumer whenRead) implements Dataset {

    @Override
    public String name() {
      return "numbered";
    }

    @Override
    public int classes() {
      return size;
    }

    @Override
    public int label(int index) {
      return index;
    }

    @Override
    public void image(int index, float[] target, int offset) {
      whenRead.accept(index);
      target[offset] = index;
      target[offset + 1] = -index;
    }
  }
}
