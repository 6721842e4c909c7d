package io.deploytrace.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one command leaves, the next one finds. */
class StateFileTest {

    private static final UnaryOperator<JobState> READ = UnaryOperator.identity();

    @TempDir
    Path directory;

    private final StringWriter warnings = new StringWriter();

    private StateFile file() {
        return new StateFile(directory, "job", new Warnings(new PrintWriter(warnings)));
    }

    private Path path() {
        return directory.resolve("job.json");
    }

    @Test
    void update_generatedStates_areReadAsTheyWereWritten() throws Exception {
        for (var seed = 0; seed < 200; seed++) {
            var state = new GeneratedStates(seed).next();

            assertThat(file().update(before -> state)).isEqualTo(state);
            var read = file().update(READ);
            assertThat(printable(read)).as("seed %s", seed).isEqualTo(printable(state));
            assertThat(read).as("seed %s", seed).isEqualTo(state);
        }
        assertThat(warnings.toString()).isEmpty();
    }

    /** So that a failure shows what differs. */
    private static String printable(JobState state) {
        var sorted = new JobState(state.traceId(), List.of(), state.unsent(), state.lost(), state.away())
                + state.open().stream()
                        .map(span -> span.id()
                                + span.parentId()
                                + span.name()
                                + span.link()
                                + span.notes()
                                + new TreeMap<>(span.attributes()))
                        .toList()
                        .toString();
        return sorted.chars()
                .mapToObj(c -> c > ' ' && c < 127 ? String.valueOf((char) c) : "<%x>".formatted(c))
                .collect(Collectors.joining());
    }

    @Test
    void update_noFile_beginsATraceThatStays() throws Exception {
        var first = file().update(READ);

        assertThat(first.traceId()).matches("[0-9a-f]{32}");
        assertThat(first).isEqualTo(JobState.of(first.traceId()));
        assertThat(file().update(READ)).isEqualTo(first);
    }

    @Test
    void update_fileThatIsNotReadable_setsItAsideSaysSoAndBeginsANewTrace() throws Exception {
        var before = file().update(READ);
        Files.writeString(path(), "{\"traceId\":");

        var after = file().update(READ);

        assertThat(after).isEqualTo(JobState.of(after.traceId()));
        assertThat(after.traceId()).isNotEqualTo(before.traceId());
        assertThat(directory.resolve("job.json.unreadable")).hasContent("{\"traceId\":");
        assertThat(warnings.toString())
                .startsWith("deploytrace: what was recorded before can't be read (")
                .endsWith(
                        "): it is kept in " + directory.resolve("job.json.unreadable") + ", and a new trace begins.\n");
        assertThat(file().update(READ)).isEqualTo(after);
    }

    @Test
    void update_fileOfAnotherForm_isSetAside() throws Exception {
        for (var text : new String[] {
            "",
            "[]",
            "{}",
            "{\"traceId\":\"x\",\"open\":{}}",
            "{\"traceId\":\"x\",\"unsent\":[]}",
            "{\"traceId\":\"x\",\"open\":[{\"id\":\"a\"}]}",
            "{\"traceId\":\"x\",\"open\":[{\"id\":\"a\",\"name\":\"b\",\"start\":\"yesterday\"}]}",
            "{\"traceId\":\"x\",\"open\":[{\"id\":\"a\",\"name\":\"b\",\"start\":\"2026-01-01T00:00:00Z\",\"notes\":[{}]}]}",
            "{\"traceId\":\"x\",\"lost\":99999999999999999999}",
        }) {
            Files.writeString(path(), text);

            file().update(READ);

            assertThat(directory.resolve("job.json.unreadable")).as(text).hasContent(text);
        }
    }

    @Test
    void update_fileThatIsDamagedAnywhere_isReadOrSetAsideAndNeverInTheWay() throws Exception {
        file().update(before -> new GeneratedStates(3).next());
        var whole = Files.readAllBytes(path());
        var random = new Random(1);
        for (var i = 0; i < 300; i++) {
            Files.write(path(), damaged(whole, random));
            file().update(READ);
            assertThat(Files.readString(path())).startsWith("{\"traceId\":");
        }
    }

    private static byte[] damaged(byte[] whole, Random random) {
        if (random.nextBoolean()) {
            return Arrays.copyOf(whole, random.nextInt(whole.length));
        }
        var damaged = whole.clone();
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        return damaged;
    }

    @Test
    void update_fieldThatALaterVersionWrote_isLeftOut() throws Exception {
        Files.writeString(path(), "{\"traceId\":\"abc\",\"later\":{\"a\":[1]},\"away\":true}", StandardCharsets.UTF_8);

        assertThat(file().update(READ)).isEqualTo(JobState.of("abc").delivered(Delivery.failed(List.of(), "", true)));
    }

    @Test
    void update_manyThreadsOfOneProcess_losesNothing() throws Exception {
        var threads = Executors.newFixedThreadPool(8);
        try {
            var work = IntStream.range(0, 200)
                    .<Callable<JobState>>mapToObj(this::step)
                    .toList();
            for (var done : threads.invokeAll(work)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(file().update(READ).unsent())
                .extracting(UnsentSpan::id)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 200).mapToObj(String::valueOf).toList());
        assertThat(warnings.toString()).isEmpty();
    }

    private Callable<JobState> step(int number) {
        var file = file();
        return () -> file.update(StateProcess.step(String.valueOf(number)));
    }

    @Test
    void update_changeThatFails_leavesTheFileAsItWas() throws IOException {
        var before = file().update(READ);

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> file().update(state -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        assertThat(file().update(READ)).isEqualTo(before);
    }
}
