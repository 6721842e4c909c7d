package io.deploytrace.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.store.Answers;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.InMemorySpanStore;
import io.deploytrace.store.SpanReader;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.WorkspaceStore;
import io.deploytrace.testkit.Fixtures;
import io.deploytrace.vocabulary.NodeType;
import io.deploytrace.vocabulary.Phase;
import io.deploytrace.vocabulary.Status;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What looks at a large trace as a whole waits until no other does, and nothing else waits. */
class OutlinesTest {

    private static final UUID WORKSPACE = UUID.fromString("0193a4c0-0000-7000-8000-000000000001");
    private static final Deadline NO_TIME = Deadline.after(Duration.ZERO);

    private final InMemorySpanStore store = new InMemorySpanStore();
    private final Fixtures fixtures = new Fixtures(1);
    private final Outlines outlines = new Outlines(store, noWorkspaces());

    /** A target with two traces. */
    private record Target(String key, String earlier, String later) {}

    /** A question about a target. */
    private record Question(String words, BiFunction<Answers, Target, Object> ask) {

        Object answer(Outlines outlines, Target target, Deadline deadline) {
            var request = new ApiRequest(WORKSPACE, target.later(), Map.of(), null, Instant.now(), deadline);
            return outlines.answer(request, answers -> ask.apply(answers, target));
        }

        @Override
        public String toString() {
            return words;
        }
    }

    static Stream<Question> questions() {
        return Stream.of(
                new Question(
                        "why of a trace", (answers, target) -> answers.whyTrace(WORKSPACE, target.later(), soon())),
                new Question(
                        "why of a target",
                        (answers, target) -> answers.whyTarget(WORKSPACE, target.key(), null, soon())),
                new Question(
                        "diff of traces",
                        (answers, target) -> answers.diff(WORKSPACE, target.earlier(), target.later(), soon())),
                new Question(
                        "diff of a target", (answers, target) -> answers.diffTarget(WORKSPACE, target.key(), soon())));
    }

    private static WorkspaceStore noWorkspaces() {
        return (WorkspaceStore) Proxy.newProxyInstance(
                OutlinesTest.class.getClassLoader(),
                new Class<?>[] {WorkspaceStore.class},
                (proxy, method, arguments) -> Optional.empty());
    }

    private Target target(String key, int evaluations) {
        store.addWorkspace(WORKSPACE);
        return new Target(key, write(key, evaluations, Status.ALLOWED), write(key, evaluations, Status.BLOCKED));
    }

    private String write(String key, int evaluations, Status last) {
        var trace = fixtures.trace(WORKSPACE).target(key);
        var root = trace.root(Status.COMPLETED);
        for (var i = 1; i < evaluations; i++) {
            trace.add(root, "Rule " + i, Phase.PLANNING, NodeType.EVALUATION, Status.ALLOWED);
        }
        trace.add(root, "Rule", Phase.PLANNING, NodeType.EVALUATION, last);
        store.write(trace.spans(), soon());
        return trace.traceId();
    }

    @ParameterizedTest
    @MethodSource("questions")
    void answer_whileAnotherLooksAtALargeTrace_waitsForItsTurnIfItsOwnIsLarge(Question question) {
        var small = target("small", 10);
        var large = target("large", 500);
        var other = new ApiRequest(WORKSPACE, large.earlier(), Map.of(), null, Instant.now(), soon());

        var unused = outlines.read(other, spans -> {
            assertThat(question.answer(outlines, small, NO_TIME)).isNotNull();
            assertThatThrownBy(() -> question.answer(outlines, large, NO_TIME))
                    .isInstanceOf(SpanStoreException.class)
                    .hasMessage("Other large traces were read meanwhile");
            return spans.size();
        });

        assertThat(question.answer(outlines, large, NO_TIME))
                .as("the turn is free again")
                .isNotNull();
        assertThat(question.answer(outlines, large, NO_TIME)).as("and again").isNotNull();
    }

    /** A store may read one in parts, so that its rows aren't all in memory beside its spans. */
    @Test
    void answer_aboutOneTrace_readsItAsOne() {
        var large = target("large", 500);
        var asked = new HashSet<String>();
        var recording = (SpanReader) Proxy.newProxyInstance(
                OutlinesTest.class.getClassLoader(), new Class<?>[] {SpanReader.class}, (proxy, method, arguments) -> {
                    asked.add(method.getName());
                    return method.invoke(store, arguments);
                });
        var request = new ApiRequest(WORKSPACE, large.later(), Map.of(), null, Instant.now(), soon());

        var why = new Outlines(recording, noWorkspaces())
                .answer(request, answers -> answers.whyTrace(WORKSPACE, large.later(), soon()));

        assertThat(why).isPresent();
        assertThat(asked).contains("outline").doesNotContain("outlines");
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofMinutes(1));
    }
}
