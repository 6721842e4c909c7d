package io.deploytrace.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where spans belong, and what the server has yet to be told. */
class JobStateTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final Ending SUCCESS = new Ending(START.plusSeconds(1), false, null, Map.of());
    private static final Ending FAILURE = new Ending(START.plusSeconds(1), true, "broken", Map.of());

    private final JobState empty = JobState.of(TRACE);

    private static JobSpan span(String id, String parent, long process) {
        return new JobSpan(id, parent, "span " + id, START, process, false, null, Map.of(), List.of());
    }

    private static JobSpan started(String id, String parent) {
        return span(id, parent, 0);
    }

    private static JobSpan command(String id, String parent) {
        return span(id, parent, ProcessHandle.current().pid());
    }

    private static Traceparent within(String spanId) {
        return new Traceparent(TRACE, spanId);
    }

    private static List<String> ids(JobState state) {
        return state.unsent().stream().map(UnsentSpan::id).toList();
    }

    @Test
    void current_nothingOpen_isTheTop() {
        assertThat(empty.current(null)).isNull();
    }

    @Test
    void current_startedSpans_isTheInnermost() {
        var state = empty.opened(started("a", null)).opened(started("b", "a"));

        assertThat(state.current(null)).isEqualTo("b");
        assertThat(state.ended(state.find("b"), SUCCESS).current(null)).isEqualTo("a");
    }

    @Test
    void current_withinACommand_isTheCommandAndThenWhatWasStartedInIt() {
        var state = empty.opened(started("a", null)).opened(command("c", "a"));

        assertThat(state.current(null)).isEqualTo("a");
        assertThat(state.current(within("c"))).isEqualTo("c");
        assertThat(state.opened(started("d", "c")).current(within("c"))).isEqualTo("d");
    }

    @Test
    void current_twoCommandsAtOnce_eachSeesItsOwnSpansAlone() {
        var state = empty.opened(command("left", null))
                .opened(command("right", null))
                .opened(started("in left", "left"))
                .opened(started("in right", "right"))
                .opened(started("deeper in left", "in left"));

        assertThat(state.current(within("left"))).isEqualTo("deeper in left");
        assertThat(state.current(within("right"))).isEqualTo("in right");
        assertThat(state.current(null)).isNull();
    }

    @Test
    void current_foreignTraceparent_isAsIfNothingSurroundedTheProcess() {
        var state = empty.opened(started("a", null)).opened(command("c", "a"));

        assertThat(state.current(new Traceparent("f".repeat(32), "c"))).isEqualTo("a");
    }

    @Test
    void current_spanThatTheCommandsOwnToolsMade_isThatSpan() {
        assertThat(empty.opened(command("c", null)).current(within("sdk"))).isEqualTo("sdk");
    }

    @Test
    void newSpan_foreignTraceparent_isLinkedAtTheTopAlone() {
        var foreign = new Traceparent("f".repeat(32), "e".repeat(16));
        var fresh = new NewSpan("n", "n", 0, START, Map.of(), Map.of("TRACEPARENT", foreign.toString()));

        assertThat(fresh.in(empty))
                .isEqualTo(new JobSpan("n", null, "n", START, 0, false, foreign, Map.of(), List.of()));
        assertThat(fresh.in(empty.opened(started("a", null))))
                .isEqualTo(new JobSpan("n", "a", "n", START, 0, false, null, Map.of(), List.of()));
    }

    @Test
    void ended_stepThatFailed_marksWhatSurroundsItAndNothingElse() {
        var state = empty.opened(started("a", null))
                .opened(started("b", "a"))
                .opened(started("other", null))
                .ended(command("step", "b"), FAILURE);

        assertThat(state.find("a").failed()).isTrue();
        assertThat(state.find("b").failed()).isTrue();
        assertThat(state.find("other").failed()).isFalse();
    }

    @Test
    void ended_stepThatSucceeded_marksNothingAndHealsNothing() {
        var state = empty.opened(started("a", null)).ended(command("good", "a"), SUCCESS);
        assertThat(state.find("a").failed()).isFalse();

        var failed = state.ended(command("bad", "a"), FAILURE).ended(command("good too", "a"), SUCCESS);
        assertThat(failed.find("a").failed()).isTrue();
    }

    @Test
    void commandEnded_spansThatItLeftOpen_endWithItAndFailIfItFailed() {
        var state = empty.opened(started("outer", null))
                .opened(command("c", "outer"))
                .opened(started("in c", "c"))
                .opened(started("deeper in c", "in c"))
                .opened(command("still running", "in c"));

        var failed = state.commandEnded(state.find("c"), FAILURE);

        assertThat(failed.open()).extracting(JobSpan::id).containsExactly("outer", "still running");
        assertThat(ids(failed)).containsExactly("outer", "still running", "deeper in c", "in c", "c");
        assertThat(failed.find("outer").failed()).isTrue();
        var silently = new Ending(FAILURE.time(), true, null, Map.of());
        assertThat(failed.unsent().get(3).message()).isEqualTo(SpanMessage.ended(TRACE, state.find("in c"), silently));
        assertThat(state.commandEnded(state.find("c"), SUCCESS).unsent().get(3).message())
                .isEqualTo(SpanMessage.ended(TRACE, state.find("in c"), SUCCESS));
    }

    /** The id of a process that has ended. */
    private static long gone() throws Exception {
        var process = new ProcessBuilder("true").start();
        process.waitFor();
        return process.pid();
    }

    @Test
    void killedWithin_commandsWhoseProcessesAreGone_failWithWhatTheyLeftOpen() throws Exception {
        var time = START.plusSeconds(9);
        var state = empty.opened(started("outer", null))
                .opened(span("killed", "outer", gone()))
                .opened(started("in killed", "killed"))
                .opened(command("still running", "outer"))
                .opened(span("killed elsewhere", null, gone()));

        var after = state.killedWithin(state.find("outer"), time);

        assertThat(after.open()).extracting(JobSpan::id).containsExactly("outer", "still running", "killed elsewhere");
        assertThat(after.find("outer").failed()).isTrue();
        assertThat(after.unsent())
                .extracting(UnsentSpan::message)
                .endsWith(
                        SpanMessage.ended(TRACE, state.find("in killed"), new Ending(time, true, null, Map.of())),
                        SpanMessage.ended(TRACE, state.find("killed"), new Ending(time, true, "killed", Map.of())));
    }

    @Test
    void commandEnded_ofAScriptWhoseOwnCommandWasKilled_endsThatOne() throws Exception {
        var state = empty.opened(command("script", null)).opened(span("killed", "script", gone()));

        var after = new CommandEnding("script", SUCCESS).apply(state);

        assertThat(after.open()).isEmpty();
        assertThat(after.unsent())
                .last()
                .extracting(UnsentSpan::message)
                .isEqualTo(SpanMessage.ended(TRACE, state.find("script"), SUCCESS));
    }

    @Test
    void noted_openSpan_keepsTheNotesInOrder() {
        var first = new Note("version", "1", START);
        var second = new Note("version", "2", START.plusSeconds(1));
        var state = empty.opened(started("a", null));
        state = state.noted(state.find("a"), first);
        state = state.noted(state.find("a"), second);

        assertThat(state.find("a").notes()).containsExactly(first, second);
        assertThat(state.unsent()).containsExactly(new UnsentSpan("a", SpanMessage.open(TRACE, state.find("a"))));
    }

    @Test
    void unsent_spanThatChangesAgainAndAgain_holdsItOnceInItsLastState() {
        var span = started("a", null);
        var state = empty.opened(span).opened(started("b", "a")).ended(span, SUCCESS);

        assertThat(ids(state)).containsExactly("b", "a");
        assertThat(state.unsent().get(1).message()).isEqualTo(SpanMessage.ended(TRACE, span, SUCCESS));
    }

    @Test
    void unsent_moreThanAreKept_losesTheOldestAndCountsThem() {
        var full = full();
        assertThat(full.unsent()).hasSize(JobState.MOST_UNSENT);
        assertThat(full.lost()).isEqualTo(5);

        var state = full.ended(command("x", null), SUCCESS).ended(command("y", null), SUCCESS);

        assertThat(state.unsent()).hasSize(JobState.MOST_UNSENT);
        assertThat(state.lost()).isEqualTo(7);
        assertThat(state.unsent().get(0).id()).isEqualTo("2");
        assertThat(ids(state)).endsWith("x", "y");
    }

    private static JobState full() {
        var unsent = java.util.stream.IntStream.range(0, JobState.MOST_UNSENT)
                .mapToObj(i -> new UnsentSpan(String.valueOf(i), "{}"))
                .toList();
        return new JobState(TRACE, List.of(), unsent, 5, false);
    }

    @Test
    void unsent_fullAndASpanThatIsInIt_losesNothing() {
        var state = full().ended(command("7", null), SUCCESS);

        assertThat(state.lost()).isEqualTo(5);
        assertThat(state.unsent()).hasSize(JobState.MOST_UNSENT);
    }

    @Test
    void delivered_whatChangedMeanwhile_isStillToBeTold() {
        var sent = empty.opened(started("a", null)).opened(started("b", "a"));
        var meanwhile = sent.ended(sent.find("b"), SUCCESS).opened(started("c", "a"));

        var state = meanwhile.delivered(new Delivery(sent.unsent(), 0, 1, null, false));

        assertThat(ids(state)).containsExactly("b", "c");
        assertThat(state.lost()).isEqualTo(1);
        assertThat(state.away()).isFalse();
    }

    @Test
    void delivered_serverThatIsAway_keepsEverythingAndRemembersIt() {
        var state = empty.opened(started("a", null));

        var away = state.delivered(Delivery.failed(state.unsent(), "gone", true));

        assertThat(away).isEqualTo(new JobState(TRACE, state.open(), state.unsent(), 0, true));
        assertThat(away.opened(started("b", "a")).away()).isTrue();
    }
}
