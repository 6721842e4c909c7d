package io.deploytrace.buffer;

import static io.deploytrace.buffer.SpoolCalls.append;
import static io.deploytrace.buffer.SpoolCalls.call;
import static io.deploytrace.buffer.SpoolCalls.held;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.testkit.Fixtures;
import io.deploytrace.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

    private final SettableClock clock = new SettableClock(Fixtures.START);
    private final SpoolEvents events = new SpoolEvents();

    @TempDir
    Path directory;

    @Test
    void calls_areReadInTheirOrder() throws IOException {
        try (var spool = open(settings())) {
            var numbers = spool.append(List.of(call(0, 1), call(1, 3)));
            append(spool, 2, 3);

            assertThat(numbers).containsExactly(1L, 2L);
            assertThat(held(spool)).containsExactly(0, 1, 2, 3, 4);
            assertThat(spool.spanCount()).isEqualTo(10);
            assertThat(spool.read(numbers.get(1), 1))
                    .extracting(SpoolRecord::number)
                    .containsExactly(3L);
            assertThat(spool.read(0, 4)).hasSize(2);
            assertThat(spool.read(0, 1)).as("at least one").hasSize(1);
            assertThat(spool.read(5, 100)).isEmpty();
            assertThat(spool.oldest()).isEqualTo(Fixtures.START);
        }
        assertThat(events.lines()).isEmpty();
    }

    @Test
    void nextSpool_holdsWhatWasLeft() throws IOException {
        try (var spool = open(settings())) {
            append(spool, 0, 40);
            spool.remove(spool.read(0, 20).stream().map(SpoolRecord::number).toList());
        }
        try (var spool = open(settings())) {
            assertThat(spool.recoveredSpans()).isEqualTo(spool.spanCount()).isBetween(60, 80);
            append(spool, 40, 1);
            assertThat(held(spool))
                    .as("what was removed may come back, all else must")
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .containsAll(IntStream.rangeClosed(10, 40).boxed().toList());
        }
    }

    @Test
    void removedCalls_giveBackTheirFiles() throws IOException {
        try (var spool = open(settings())) {
            append(spool, 0, 100);
            assertThat(files()).hasSizeGreaterThan(3);
            for (var some = spool.read(0, 7); !some.isEmpty(); some = spool.read(0, 7)) {
                spool.remove(some.stream().map(SpoolRecord::number).toList());
            }
            assertThat(files()).hasSizeLessThanOrEqualTo(1);
            assertThat(spool.spanCount()).isZero();
            assertThat(spool.oldest()).isNull();
            assertThat(spool.bytes()).isLessThanOrEqualTo(SegmentHeader.SIZE);

            append(spool, 100, 2);
            assertThat(held(spool)).containsExactly(100, 101);
        }
        try (var spool = open(settings())) {
            assertThat(held(spool)).containsExactly(100, 101);
            spool.remove(List.of(-1L, 99_999L));
            spool.remove(spool.read(0, 9).stream().map(SpoolRecord::number).toList());
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void fullSpool_refusesAndWorksAgainOnceThereIsRoom() throws IOException {
        var settings = settings().withMaximumBytes(20_000);
        try (var spool = open(settings)) {
            var accepted = 0;
            try {
                for (; accepted < 10_000; accepted++) {
                    append(spool, accepted, 1);
                }
            } catch (SpoolFullException e) {
                assertThat(e)
                        .hasMessageMatching(
                                "The spool \\S+ holds \\d+ of at most 20000 bytes, and the call takes"
                                        + " \\d+\\. Nothing of the call was accepted\\. Make the store reachable again, or allow more bytes\\.");
            }
            assertThat(held(spool))
                    .isEqualTo(IntStream.range(0, accepted).boxed().toList());
            assertThat(spool.bytes()).isLessThanOrEqualTo(20_000).isGreaterThan(19_000);
            assertThat(files().stream().mapToLong(SpoolTest::size).sum()).isEqualTo(spool.bytes());

            spool.remove(spool.read(0, 60).stream().map(SpoolRecord::number).toList());
            append(spool, accepted, 1);
            assertThat(held(spool)).contains(accepted);
        }
    }

    @Test
    void callLargerThanTheSpool_isRefusedAlone() throws IOException {
        try (var spool = open(settings().withMaximumBytes(16_384))) {
            assertThatThrownBy(() -> spool.append(List.of(call(0, 5_000))))
                    .isInstanceOf(SpoolFullException.class)
                    .hasMessageContaining("A call of 5000 spans takes more than 16384 bytes");
            append(spool, 1, 1);
            assertThat(held(spool)).containsExactly(1);
        }
    }

    @Test
    void tooOldCalls_areGivenBackAndRemoved() throws IOException {
        try (var spool = open(settings().withMaximumAge(Duration.ofHours(1)))) {
            append(spool, 0, 3);
            clock.advance(Duration.ofMinutes(30));
            append(spool, 3, 2);
            clock.advance(Duration.ofMinutes(30));
            assertThat(spool.expire(100)).as("exactly the age").isEmpty();

            clock.advance(Duration.ofSeconds(1));
            assertThat(spool.expire(4)).hasSize(2);
            assertThat(spool.expire(100))
                    .singleElement()
                    .satisfies(record -> assertThat(record.spans()).isEqualTo(call(2, 2)));
            assertThat(spool.expire(100)).isEmpty();
            assertThat(held(spool)).containsExactly(3, 4);
            assertThat(spool.spanCount()).isEqualTo(4);
        }
    }

    @Test
    void closedSpool_refuses() throws IOException {
        var spool = open(settings());
        append(spool, 0, 1);
        spool.close();
        spool.close();
        assertThatThrownBy(() -> append(spool, 1, 1))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("is closed. Nothing of the call was accepted.");
    }

    @Test
    void interruptedCaller_appendsAndStaysInterrupted() throws IOException {
        try (var spool = open(settings())) {
            Thread.currentThread().interrupt();
            append(spool, 0, 2);
            assertThat(held(spool)).containsExactly(0, 1);
            assertThat(Thread.interrupted()).isTrue();
            append(spool, 2, 1);
            assertThat(held(spool)).containsExactly(0, 1, 2);
        }
    }

    @Test
    void filesAndDirectory_areTheUsersAlone() throws IOException {
        var below = directory.resolve("made/spool");
        try (var spool = open(SpoolSettings.in(below))) {
            append(spool, 0, 1);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(below)))
                    .isEqualTo("rwx------");
            for (var file : SpoolFiles.DISK.list(below)) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void fileInThePlaceOfTheDirectory_isNamed() throws IOException {
        var file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> open(SpoolSettings.in(file)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("The spool directory " + file + " can't be made")
                .hasMessageEndingWith("Name a directory that this user may write to.");
    }

    private SpoolSettings settings() {
        return SpoolSettings.in(directory).withSegmentBytes(SpoolSettings.SMALLEST_SEGMENT_BYTES);
    }

    private Spool open(SpoolSettings settings) throws IOException {
        return Spool.open(settings, clock, events);
    }

    private List<Path> files() throws IOException {
        return SpoolFiles.DISK.list(directory).stream()
                .filter(path -> !path.endsWith(SpoolLock.NAME))
                .toList();
    }

    private static long size(Path path) {
        return path.toFile().length();
    }
}
