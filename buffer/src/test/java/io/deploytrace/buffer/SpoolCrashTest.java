package io.deploytrace.buffer;

import static io.deploytrace.buffer.SpoolCalls.call;
import static io.deploytrace.buffer.SpoolCalls.held;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.testkit.Fixtures;
import io.deploytrace.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file as a crash or a bad disk may leave it: every record that is still whole is found, and nothing else. */
class SpoolCrashTest {

    private static final int CALLS = 8;

    private final List<Long> ends = new ArrayList<>(List.of((long) SegmentHeader.SIZE));
    private byte[] whole = {};
    private String name = "";

    @TempDir
    Path directory;

    @BeforeEach
    void writeSegment() throws IOException {
        var source = directory.resolve("source");
        try (var spool = open(source, new SpoolEvents())) {
            for (var i = 0; i < CALLS; i++) {
                spool.append(List.of(call(i, 1)));
                ends.add(spool.bytes());
            }
        }
        var segment = SpoolFiles.DISK.list(source).get(0);
        name = segment.getFileName().toString();
        whole = Files.readAllBytes(segment);
    }

    @Test
    void cutAtEveryByte_leavesEveryCallBeforeTheCut() throws IOException {
        for (var length = 0; length <= whole.length; length++) {
            var cut = length;
            var complete = (int) ends.stream().skip(1).filter(end -> end <= cut).count();
            var torn = length < SegmentHeader.SIZE ? length : length - ends.get(complete);
            var events = recover(
                    Arrays.copyOf(whole, length),
                    IntStream.range(0, complete).boxed().toList());
            assertThat(events)
                    .as("cut at %d", length)
                    .isEqualTo(torn == 0 ? List.of() : List.of("torn " + name + " " + torn));
        }
    }

    @Test
    void zerosInPlaceOfTheEnd_leaveEveryCallBeforeThem() throws IOException {
        for (var length = 0; length <= whole.length; length++) {
            var zeroed = Arrays.copyOf(Arrays.copyOf(whole, length), whole.length);
            recover(
                    zeroed,
                    IntStream.range(0, CALLS)
                            .filter(call -> isWhole(zeroed, call))
                            .boxed()
                            .toList());
        }
    }

    private boolean isWhole(byte[] bytes, int call) {
        var from = ends.get(call).intValue();
        var to = ends.get(call + 1).intValue();
        return Arrays.equals(bytes, from, to, whole, from, to);
    }

    @Test
    void flippedBitAtEveryByte_costsNoOtherCall() throws IOException {
        var random = new Random(3);
        for (var at = 0; at < whole.length; at++) {
            var flipped = whole.clone();
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            var position = at;
            var hit = (int) ends.stream().filter(end -> end <= position).count() - 1;
            var others = IntStream.range(0, CALLS)
                    .filter(call -> call != hit)
                    .boxed()
                    .toList();
            var events = recover(flipped, others);
            assertThat(events).as("flipped at %d", at).hasSize(2);
            assertThat(events.get(0)).startsWith("damaged " + name + " 0 ");
            assertThat(events.get(1)).isEqualTo("aside " + name + ".corrupt");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void overwrittenRange_costsNoCallOutsideOfIt(long seed) throws IOException {
        var random = new Random(seed);
        for (var i = 0; i < 300; i++) {
            var from = SegmentHeader.SIZE + random.nextInt(whole.length - SegmentHeader.SIZE);
            var to = Math.min(whole.length, from + 1 + random.nextInt(200));
            var bytes = whole.clone();
            var noise = new byte[to - from];
            random.nextBytes(noise);
            System.arraycopy(noise, 0, bytes, from, noise.length);
            var intact = IntStream.range(0, CALLS)
                    .filter(call -> isWhole(bytes, call))
                    .boxed()
                    .toList();
            recover(bytes, intact);
        }
    }

    @Test
    void spanThatHoldsAWholeSegmentAsText_isNotMistakenForRecords() throws IOException {
        var text = new String(whole, java.nio.charset.StandardCharsets.ISO_8859_1);
        var spans = List.of(SpoolCalls.named(text));
        var source = directory.resolve("forged");
        try (var spool = open(source, new SpoolEvents())) {
            spool.append(List.of(spans));
        }
        var segment = SpoolFiles.DISK.list(source).get(0);
        var bytes = Files.readAllBytes(segment);
        bytes[SegmentHeader.SIZE + Long.BYTES] ^= 1;
        recover(bytes, List.of());
    }

    @Test
    void fileOfALaterVersion_isRefusedAndLeftAlone() throws IOException {
        var target = Files.createDirectories(directory.resolve("target"));
        var later = new SegmentHeader(SegmentHeader.VERSION + 1, 7).toBytes();
        var file = Files.write(target.resolve(name), later);
        assertThatThrownBy(() -> open(target, new SpoolEvents()))
                .isInstanceOf(IOException.class)
                .hasMessage("The spool's file " + file
                        + " can't be read: it is of version 2, and this program reads version 1"
                        + " (the later program can still empty the spool). Move the file away to start without it.");
        assertThat(file).hasBinaryContent(later);
        Files.delete(file);
        open(target, new SpoolEvents()).close();
    }

    @Test
    void otherFilesOfTheDirectory_areLeftAlone() throws IOException {
        var target = Files.createDirectories(directory.resolve("target"));
        Files.write(target.resolve(name), whole);
        for (var other : List.of("notes.txt", name + ".corrupt", "1.spool", name + ".bak")) {
            Files.writeString(target.resolve(other), "mine");
        }
        try (var spool = open(target, new SpoolEvents())) {
            assertThat(held(spool)).hasSize(CALLS);
            spool.remove(SpoolCalls.all(spool).stream().map(SpoolRecord::number).toList());
        }
        assertThat(SpoolFiles.DISK.list(target)).hasSize(5);
    }

    /** Opens a spool on the bytes, checks which calls it holds, removes them and returns what was reported. */
    private List<String> recover(byte[] bytes, List<Integer> expected) throws IOException {
        var target = Files.createDirectories(directory.resolve("target"));
        for (var old : SpoolFiles.DISK.list(target)) {
            Files.delete(old);
        }
        Files.write(target.resolve(name), bytes);
        var events = new SpoolEvents();
        try (var spool = open(target, events)) {
            assertThat(held(spool)).isEqualTo(expected);
            assertThat(spool.recoveredSpans()).isEqualTo(expected.size());
            spool.remove(SpoolCalls.all(spool).stream().map(SpoolRecord::number).toList());
            assertThat(spool.bytes()).isZero();
        }
        assertThat(Files.exists(target.resolve(name))).isFalse();
        return events.lines();
    }

    private static Spool open(Path directory, SpoolListener listener) throws IOException {
        return Spool.open(SpoolSettings.in(directory), new SettableClock(Fixtures.START), listener);
    }
}
