package io.deploytrace.buffer;

import static io.deploytrace.buffer.SpoolCalls.append;
import static io.deploytrace.buffer.SpoolCalls.held;
import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Span;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.testkit.Await;
import io.deploytrace.testkit.Fixtures;
import io.deploytrace.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Someone deletes files of a spool that is in use. */
class MissingSegmentTest extends BufferFixture {

    private static final int CALLS = 60;

    private final SettableClock clock = new SettableClock(Fixtures.START);
    private final SpoolEvents events = new SpoolEvents();

    private final List<List<Span>> left = new ArrayList<>();

    @TempDir
    Path directory;

    private SpoolSettings settings() {
        return SpoolSettings.in(directory).withSegmentBytes(SpoolSettings.SMALLEST_SEGMENT_BYTES);
    }

    private Spool open() throws IOException {
        return Spool.open(settings(), clock, events);
    }

    private List<Path> segments() throws IOException {
        return SpoolFiles.DISK.list(directory).stream()
                .filter(Segment::isSegment)
                .toList();
    }

    @Test
    void read_deletedFile_isReportedOnceAndTheRestIsRead() throws IOException {
        try (var spool = open()) {
            append(spool, 0, CALLS);
            var second = segments().get(1);
            var first = Segment.numberOf(second) - 1;
            var behind = Segment.numberOf(segments().get(2)) - 1;
            Files.delete(second);

            assertThat(held(spool))
                    .hasSize((int) (CALLS - behind + first))
                    .doesNotContain((int) first, (int) behind - 1);
            assertThat(events.lines()).containsExactly("missing " + second.getFileName() + " " + 2 * (behind - first));
            assertThat(spool.spanCount()).isEqualTo(2 * (int) (CALLS - behind + first));
        }
    }

    @Test
    void read_everyFileDeleted_reportsAllAndFreesTheirBytes() throws IOException {
        try (var spool = open()) {
            append(spool, 0, CALLS);
            for (var segment : segments()) {
                Files.delete(segment);
            }

            assertThat(held(spool)).isEmpty();
            append(spool, CALLS, 1);
            assertThat(held(spool)).containsExactly(CALLS);
            assertThat(spool.bytes()).isEqualTo(Files.size(segments().get(0)));
        }
    }

    @Test
    void append_afterItsFileWasDeleted_isDurableInAnother() throws IOException {
        try (var spool = open()) {
            append(spool, 0, 2);
            Files.delete(segments().get(0));
            append(spool, 2, 2);
        }
        try (var spool = open()) {
            assertThat(held(spool)).containsExactly(2, 3);
        }
    }

    /** An earlier process leaves calls that the store would take. */
    private void leave(int calls) throws IOException {
        try (var earlier = open()) {
            for (var i = 0; i < calls; i++) {
                left.add(single());
                earlier.append(List.of(left.get(i)));
            }
        }
    }

    @Test
    void buffer_fileDeletedWhileItSends_countsTheLossAndSendsTheRest() throws Exception {
        leave(CALLS);
        var lost = new AtomicInteger();
        var listener = new BufferListener() {
            @Override
            public void lost(int spans, SpanStoreException failure) {
                assertThat(failure).hasMessageContaining(".spool is missing");
                lost.addAndGet(spans);
            }
        };
        var buffer = buffer(
                builder -> builder.spool(settings()).clock(clock).groupSpans(2).listener(listener));
        var files = segments();
        var first = (int) Segment.numberOf(files.get(1));
        var spans = (int) Segment.numberOf(files.get(2)) - first;
        Files.delete(files.get(1));

        Await.until(() -> {
            writer.storeNext();
            return buffer.metrics().held() == 0;
        });

        assertThat(buffer.flush(soon())).isTrue();
        assertThat(lost).hasValue(spans);
        assertThat(buffer.metrics().stored()).isEqualTo(CALLS - spans);
        assertThat(buffer.metrics().rejected()).containsEntry(Reason.OTHER, (long) spans);
        var next = buffer.submit(left.get(first - 1), soon());
        writer.next().store();
        assertThat(answer(next).inserted())
                .as("a trace whose records were lost isn't taken for one on the spool")
                .isEqualTo(1);
    }

    @Test
    void buffer_fileDeletedWhileItStarts_countsTheLoss() throws Exception {
        leave(3);
        var listener = new BufferListener() {
            @Override
            public void recovered(int spans) {
                assertThat(directory.toFile().listFiles((parent, name) -> name.endsWith(".spool")))
                        .allSatisfy(file -> Files.delete(file.toPath()));
            }
        };

        var buffer = buffer(builder -> builder.spool(settings()).clock(clock).listener(listener));

        assertThat(buffer.flush(soon())).isTrue();
        assertThat(buffer.metrics().recovered()).isEqualTo(3);
        assertThat(buffer.metrics().rejected()).containsEntry(Reason.OTHER, 3L);
    }

    @Test
    void recovery_manyFiles_opensOneAtATime() throws Exception {
        leave(CALLS);
        var files = new FaultyFiles(SpoolFiles.DISK);
        assertThat(segments()).hasSizeGreaterThan(2);

        var buffer = buffer(builder -> builder.spool(settings()).clock(clock).spoolFiles(files));
        Await.until(() -> {
            writer.storeNext();
            return buffer.metrics().held() == 0;
        });

        assertThat(buffer.metrics().stored()).isEqualTo(CALLS);
        assertThat(files.mostOpen()).isEqualTo(1);
    }
}
