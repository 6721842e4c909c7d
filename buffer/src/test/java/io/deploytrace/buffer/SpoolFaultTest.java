package io.deploytrace.buffer;

import static io.deploytrace.buffer.SpoolCalls.append;
import static io.deploytrace.buffer.SpoolCalls.call;
import static io.deploytrace.buffer.SpoolCalls.held;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.buffer.FaultyFiles.Operation;
import io.deploytrace.testkit.Fixtures;
import io.deploytrace.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Disks that are full, fail or forget. */
class SpoolFaultTest {

    private final SpoolEvents events = new SpoolEvents();
    private final FaultyFiles files = new FaultyFiles(SpoolFiles.DISK);

    @TempDir
    Path directory;

    @Test
    void everyAcknowledgedCall_survivesTheLossOfPower() throws IOException {
        for (var round = 0; round < 5; round++) {
            try (var spool = open(new UnsyncedFiles())) {
                append(spool, round * 30, 30);
            }
        }
        try (var spool = open(SpoolFiles.DISK)) {
            assertThat(held(spool)).hasSize(150).isSorted().doesNotHaveDuplicates();
        }
        assertThat(events.lines()).isEmpty();
    }

    @Test
    void directoryThatWasMade_isMadeDurableInEachOfItsParents() throws IOException {
        var forced = new ArrayList<Path>();
        var recording = new ForcedDirectories(forced);
        Spool.open(SpoolSettings.in(directory.resolve("a/b")), new SettableClock(Fixtures.START), events, recording)
                .close();
        assertThat(forced).contains(directory, directory.resolve("a"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Operation.class,
            names = {"CREATE", "WRITE", "FORCE", "FORCE_DIRECTORY"})
    void failedAppend_leavesNothingBehindAndTheSpoolUsable(Operation operation) throws IOException {
        try (var spool = open(files.fail(operation, 2))) {
            for (var i = 0; i < 2; i++) {
                assertThatThrownBy(() -> spool.append(List.of(call(7, 1), call(8, 1))))
                        .isInstanceOf(IOException.class)
                        .isNotInstanceOf(SpoolFullException.class)
                        .hasMessage("The spool couldn't write to " + directory + ": Input/output error in " + operation
                                + ". Nothing of the call was accepted.");
            }
            assertThat(held(spool)).isEmpty();
            assertThat(spool.bytes()).isZero();
            append(spool, 0, 2);
            assertThat(held(spool)).containsExactly(0, 1);
        }
        try (var spool = open(SpoolFiles.DISK)) {
            assertThat(held(spool)).containsExactly(0, 1);
        }
        assertThat(events.lines()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Operation.class,
            names = {"WRITE", "FORCE"})
    void failedAppend_endsItsFileAndKeepsWhatWasAcknowledged(Operation operation) throws IOException {
        try (var spool = open(files)) {
            append(spool, 0, 3);
            files.fail(operation, 1);
            assertThatThrownBy(() -> append(spool, 3, 1)).isInstanceOf(IOException.class);
            append(spool, 4, 2);

            assertThat(held(spool)).containsExactly(0, 1, 2, 4, 5);
            assertThat(segments())
                    .as("a file that failed isn't written to again")
                    .hasSize(2);
        }
        try (var spool = open(SpoolFiles.DISK)) {
            assertThat(held(spool)).containsExactly(0, 1, 2, 4, 5);
        }
        assertThat(events.lines()).isEmpty();
    }

    @Test
    void endThatCantBeCut_costsNothingThatWasAcknowledged() throws IOException {
        try (var spool = open(files)) {
            append(spool, 0, 3);
            files.fail(Operation.WRITE, 1).fail(Operation.TRUNCATE, 1);
            assertThatThrownBy(() -> append(spool, 3, 1)).isInstanceOf(IOException.class);
            append(spool, 4, 1);
            assertThat(held(spool)).containsExactly(0, 1, 2, 4);
        }
        try (var spool = open(SpoolFiles.DISK)) {
            assertThat(held(spool)).as("the refused call may be found").containsExactly(0, 1, 2, 3, 4);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void fullDisk_refusesAndTakesAgainWhenThereIsRoom(long seed) throws IOException {
        var random = new Random(seed);
        var expected = new ArrayList<Integer>();
        var refused = 0;
        try (var spool = open(files)) {
            for (var i = 0; i < 300; i++) {
                files.quota(random.nextInt(3) == 0 ? random.nextInt(40_000) : 20_000);
                try {
                    append(spool, i, 1);
                    expected.add(i);
                } catch (IOException e) {
                    refused++;
                }
                if (random.nextInt(20) == 0) {
                    var some = spool.read(0, random.nextInt(60));
                    spool.remove(some.stream().map(SpoolRecord::number).toList());
                    expected.subList(0, some.size()).clear();
                }
                assertThat(held(spool)).isEqualTo(expected);
            }
            assertThat(refused).as("seed %d", seed).isPositive();
        }
        try (var spool = open(SpoolFiles.DISK)) {
            assertThat(held(spool)).containsAll(expected).isSorted().doesNotHaveDuplicates();
        }
        assertThat(events.lines()).isEmpty();
    }

    @Test
    void recordThatRotsWhileItIsHeld_isReportedAndTheRestIsRead() throws IOException {
        try (var spool = open(files)) {
            append(spool, 0, 5);
            var segment = segments().get(0);
            var bytes = Files.readAllBytes(segment);
            bytes[bytes.length / 2] ^= 4;
            Files.write(segment, bytes);

            assertThat(held(spool)).containsExactly(0, 1, 3, 4);
            assertThat(spool.spanCount()).isEqualTo(8);
            assertThat(events.lines())
                    .containsExactly("damaged " + segment.getFileName() + " 2 record 3 can't be read any more");
        }
    }

    @Test
    void sectorThatCantBeRead_isReportedAndTheRestIsRead() throws IOException {
        try (var spool = open(files)) {
            append(spool, 0, 3);
            files.fail(Operation.READ, 1);
            assertThat(held(spool)).containsExactly(1, 2);
            assertThat(events.lines()).singleElement().asString().contains(" 2 record 1 can't be read any more");
        }
    }

    @Test
    void fileThatCantBeOpened_losesNothing() throws IOException {
        try (var spool = open(files)) {
            append(spool, 0, 3);
            files.fail(Operation.OPEN, 1);
            assertThatThrownBy(() -> spool.read(0, 10)).hasMessage("Input/output error in OPEN");
            assertThat(held(spool)).containsExactly(0, 1, 2);
        }
    }

    @Test
    void fileThatCantBeDeleted_isReported() throws IOException {
        try (var spool = open(files)) {
            append(spool, 0, 60);
            files.fail(Operation.DELETE, 1);
            spool.remove(SpoolCalls.all(spool).stream().map(SpoolRecord::number).toList());
            assertThat(events.lines()).singleElement().asString().startsWith("kept 0000");
        }
    }

    private List<Path> segments() throws IOException {
        return SpoolFiles.DISK.list(directory).stream()
                .filter(Segment::isSegment)
                .toList();
    }

    private Spool open(SpoolFiles on) throws IOException {
        var settings = SpoolSettings.in(directory).withSegmentBytes(SpoolSettings.SMALLEST_SEGMENT_BYTES);
        return Spool.open(settings, new SettableClock(Fixtures.START), events, on);
    }
}
