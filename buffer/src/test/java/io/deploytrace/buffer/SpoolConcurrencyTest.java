package io.deploytrace.buffer;

import static io.deploytrace.buffer.SpoolCalls.call;
import static io.deploytrace.buffer.SpoolCalls.held;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.testkit.Fixtures;
import io.deploytrace.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SpoolConcurrencyTest {

    private static final int THREADS = 8;

    private final FaultyFiles files = new FaultyFiles(SpoolFiles.DISK);
    private final AtomicInteger forces = new AtomicInteger();
    private final CountDownLatch diskIsReady = new CountDownLatch(1);

    @TempDir
    Path directory;

    @Test
    void callersWhoComeWhileTheDiskIsBusy_shareOneFsync() throws Exception {
        try (var spool = openOnSlowDisk()) {
            var tasks = appendFromManyThreads(spool);
            diskIsReady.countDown();
            for (var task : tasks) {
                assertThat(task.get()).hasSize(1);
            }
            assertThat(forces).as("one for the first, one for all others").hasValue(2);
            assertThat(held(spool)).hasSize(THREADS).doesNotHaveDuplicates();
        }
    }

    @Test
    void fsyncThatFails_failsForAllWhoSharedIt() throws Exception {
        try (var spool = openOnSlowDisk()) {
            var tasks = appendFromManyThreads(spool);
            files.fail(FaultyFiles.Operation.FORCE, 2);
            diskIsReady.countDown();
            for (var task : tasks) {
                assertThatThrownBy(task::get)
                        .isInstanceOf(ExecutionException.class)
                        .hasMessageContaining("Nothing of the call was accepted");
            }
            assertThat(held(spool)).isEmpty();
            spool.append(List.of(call(99, 1)));
            assertThat(held(spool)).containsExactly(99);
        }
    }

    @Test
    void callersAndReader_atTheSameTime_loseNothing() throws Exception {
        var settings = SpoolSettings.in(directory).withSegmentBytes(SpoolSettings.SMALLEST_SEGMENT_BYTES);
        try (var spool = Spool.open(settings, new SettableClock(Fixtures.START), new SpoolEvents())) {
            var each = 60;
            var tasks = start(thread -> {
                for (var i = 0; i < each; i++) {
                    spool.append(List.of(call(thread * each + i, 1 + i % 3)));
                }
                return List.of();
            });
            var seen = new HashSet<Integer>();
            while (seen.size() < THREADS * each) {
                drain(spool, seen);
            }
            for (var task : tasks) {
                task.get();
            }
            assertThat(spool.spanCount()).isZero();
            assertThat(spool.bytes()).isLessThanOrEqualTo(SegmentHeader.SIZE);
        }
        assertThat(SpoolFiles.DISK.list(directory))
                .extracting(Path::getFileName)
                .containsExactly(Path.of(SpoolLock.NAME));
    }

    private static void drain(Spool spool, Set<Integer> seen) throws IOException {
        var some = spool.read(0, 10);
        for (var record : some) {
            var number = Integer.parseInt(record.spans().get(0).name().substring("call ".length()));
            assertThat(record.spans()).isEqualTo(call(number, record.spans().size()));
            assertThat(seen.add(number))
                    .as("call %d for the first time", number)
                    .isTrue();
        }
        spool.remove(some.stream().map(SpoolRecord::number).toList());
    }

    private Spool openOnSlowDisk() throws IOException {
        files.beforeForce(() -> {
            forces.incrementAndGet();
            awaitDisk();
        });
        return Spool.open(SpoolSettings.in(directory), new SettableClock(Fixtures.START), new SpoolEvents(), files);
    }

    private void awaitDisk() {
        try {
            diskIsReady.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One is in the fsync and all others wait behind it once this returns. */
    private List<FutureTask<List<Long>>> appendFromManyThreads(Spool spool) {
        var threads = new ArrayList<Thread>();
        var first = start(threads, 0, spool);
        await(() -> forces.get() > 0);
        var tasks = new ArrayList<>(List.of(first));
        IntStream.range(1, THREADS).forEach(number -> tasks.add(start(threads, number, spool)));
        await(() -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
        return tasks;
    }

    private void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (Thread.interrupted()) {
                diskIsReady.countDown();
                throw new IllegalStateException("The time of the test is over");
            }
            Thread.onSpinWait();
        }
    }

    private static FutureTask<List<Long>> start(List<Thread> threads, int number, Spool spool) {
        var task = new FutureTask<>(() -> spool.append(List.of(call(number, 1))));
        var thread = new Thread(task);
        threads.add(thread);
        thread.start();
        return task;
    }

    private interface Work {
        List<Long> run(int thread) throws Exception;
    }

    private static List<FutureTask<List<Long>>> start(Work work) {
        var tasks = IntStream.range(0, THREADS)
                .mapToObj(thread -> new FutureTask<>(() -> work.run(thread)))
                .toList();
        tasks.forEach(task -> new Thread(task).start());
        return tasks;
    }
}
