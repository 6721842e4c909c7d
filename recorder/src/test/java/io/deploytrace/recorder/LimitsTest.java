package io.deploytrace.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.store.SpanBatch;
import io.deploytrace.vocabulary.Decision;
import io.deploytrace.vocabulary.SpanNames;
import io.deploytrace.vocabulary.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever is recorded, a store takes the trace; what had to be changed shows it. */
class LimitsTest {

    private static final String HIGH = "\uD83D";
    private static final String LOW = "\uDE80";

    private final CapturedLog log = new CapturedLog();
    private final ReconcileTarget recorder = TestRecorder.start();

    @AfterEach
    void restoreLog() {
        log.close();
    }

    @Test
    void manyAttributesAndEvents_areAllKept() {
        var values = IntStream.range(0, 500).boxed().toList();
        values.forEach(i -> recorder.setAttribute("attribute" + i, i));
        IntStream.range(0, 1_000).forEach(i -> recorder.addMetadata("event" + i, i));
        recorder.addMetadata("wide", values.stream().collect(Collectors.toMap(i -> "a" + i, i -> i)));

        var root = persisted().get(0);
        values.forEach(i -> assertThat(root.attributes().get("attribute" + i)).isEqualTo((long) i));
        assertThat(root.events()).hasSize(1_001);
        assertThat(root.events().subList(0, 1_000))
                .extracting(SpanEvent::name)
                .isEqualTo(IntStream.range(0, 1_000).mapToObj(i -> "event" + i).toList());
        assertThat(root.events().get(1_000).attributes().size()).isEqualTo(500);
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void moreEventsThanAStoreHolds_endWithTheirNumber() {
        var count = SpanBatch.MAXIMUM_EVENTS + 5;
        IntStream.range(0, count).forEach(i -> recorder.addMetadata("event", i));

        var events = persisted().get(0).events();
        assertThat(events).hasSize(SpanBatch.MAXIMUM_EVENTS);
        assertThat(events.get(SpanBatch.MAXIMUM_EVENTS - 2).attributes().get("event"))
                .isEqualTo(9_998L);
        assertThat(events.get(SpanBatch.MAXIMUM_EVENTS - 1).name()).isEqualTo("cut");
        assertThat(events.get(SpanBatch.MAXIMUM_EVENTS - 1).attributes().asMap())
                .isEqualTo(Map.of("ctrlplane.cut_count", 6L));
        assertThat(log.warnings()).singleElement().asString().contains("The last 6 events of span 'Reconciliation'");
    }

    @Test
    void moreAttributesThanAStoreHolds_keepOurOwnAndTellTheNumber() {
        IntStream.range(0, SpanBatch.MAXIMUM_ATTRIBUTES).forEach(i -> recorder.setAttribute("attribute" + i, i));

        var root = persisted().get(0);
        var own = 7;
        assertThat(root.attributes().size()).isEqualTo(SpanBatch.MAXIMUM_ATTRIBUTES);
        assertThat(root.workspaceId()).isEqualTo(TestRecorder.WORKSPACE);
        assertThat(root.sequence()).isZero();
        assertThat(root.attributes().get("ctrlplane.cut_count")).isEqualTo(own + 1L);
        assertThat(log.warnings()).singleElement().asString().contains(own + 1 + " attributes of span");
    }

    @Test
    void longText_isCutWithItsLength() {
        var length = 10_000_000;
        recorder.addMetadata("log", "x".repeat(length)).addMetadata("log", "y".repeat(length));

        var text = persisted().get(0).events().get(0).attributes().getString("log");
        assertThat(text).hasSize(SpanBatch.MAXIMUM_TEXT_LENGTH).endsWith("x… [cut, it had 10000000 characters]");
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .contains("The text of 'log' has 10000000 characters and was cut to 1048576");
    }

    @Test
    void longestText_isKept() {
        var text = "x".repeat(SpanBatch.MAXIMUM_TEXT_LENGTH);
        recorder.addMetadata("log", text);

        assertThat(persisted().get(0).events().get(0).attributes().get("log")).isEqualTo(text);
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void longText_isNotCutWithinACharacter() {
        recorder.addMetadata("log", (HIGH + LOW).repeat(SpanBatch.MAXIMUM_TEXT_LENGTH));
        recorder.addMetadata("log", "x" + (HIGH + LOW).repeat(SpanBatch.MAXIMUM_TEXT_LENGTH));

        assertThat(persisted().get(0).events())
                .extracting(event -> event.attributes().getString("log"))
                .noneMatch(text -> text.contains("\uFFFD"));
    }

    @Test
    void textsThatAreTooMuchTogether_areCut() {
        IntStream.range(0, 40).forEach(i -> recorder.addMetadata("log", "x".repeat(1_000_000)));

        var events = persisted().get(0).events();
        assertThat(events).hasSize(40);
        assertThat(events.get(0).attributes().getString("log")).hasSize(1_000_000);
        assertThat(events.get(39).attributes().getString("log")).endsWith("… [cut, it had 1000000 characters]");
    }

    @Test
    void nul_isReplacedEverywhere() {
        var text = "a\0b";
        var stored = "a\uFFFDb";
        recorder.setAttribute("value " + text, text).addMetadata("event " + text, Map.of("key " + text, List.of(text)));
        recorder.startPlanning().startEvaluation("name " + text).setRule(text).end();

        var spans = persisted();
        assertThat(spans.get(0).attributes().get("value " + stored)).isEqualTo(stored);
        assertThat(spans.get(0).events().get(0).name()).isEqualTo("event " + stored);
        assertThat(spans.get(0).events().get(0).attributes().asMap())
                .isEqualTo(Map.of("key " + stored, List.of(stored)));
        assertThat(spans.get(2).name()).isEqualTo("name " + stored);
        assertThat(spans.get(2).attributes().get("ctrlplane.rule_id")).isEqualTo(stored);
        assertThat(log.warnings()).singleElement().asString().contains("was replaced by U+FFFD");
    }

    @Test
    void loneSurrogates_areReplacedAndPairsAreKept() {
        recorder.addMetadata("text", HIGH + LOW + HIGH + "a" + LOW + HIGH);

        assertThat(persisted().get(0).events().get(0).attributes().get("text"))
                .isEqualTo(HIGH + LOW + "\uFFFDa\uFFFD\uFFFD");
    }

    @Test
    void emptyName_isNamed() {
        recorder.startPlanning().makeDecision("", Decision.APPROVED);

        assertThat(persisted().get(2).name()).isEqualTo(SpanNames.UNNAMED);
    }

    @Test
    void idsThatAreTooLongForTheirColumns_areCut() {
        recorder.setReleaseId("r".repeat(2_000));
        recorder.startExecution().triggerJob("argo", Map.of(), "j".repeat(513));

        var job = persisted().get(2);
        assertThat(job.releaseId()).hasSize(512).endsWith("r… [cut, it had 2000 characters]");
        assertThat(job.jobId()).hasSize(512).endsWith("j… [cut, it had 513 characters]");
    }

    @Test
    void tokenOfAJobWithAnUnstorableId_namesItAsItIsStored() {
        var tokens = JobTokens.ofKeys("k1:" + TestRecorder.SECRET);
        var tokened = TestRecorder.builder().tokens(tokens).start();
        tokened.setReleaseId("r".repeat(2_000));
        var job = tokened.startExecution().triggerJob("argo", Map.of(), "j\0" + "j".repeat(1_000));

        var stored = tokened.spans().get(2);
        assertThat(tokens.verify(job.token()).job().jobId()).isEqualTo(stored.jobId());
        assertThat(tokens.verify(job.token()).job().releaseId()).isEqualTo(stored.releaseId());
    }

    @Test
    void deepNesting_becomesText() {
        Object nested = "core";
        for (int i = 0; i < 100; i++) {
            nested = i % 2 == 0 ? List.of(nested) : Map.of("k", nested);
        }
        recorder.addMetadata("nested", nested);

        assertThat(persisted().get(0).events().get(0).attributes().get("nested").toString())
                .contains("core");
    }

    @Test
    void manySpans_areAllKept() {
        var planning = recorder.startPlanning();
        for (int i = 0; i < 80_000; i++) {
            planning.startEvaluation("evaluation " + i).end();
        }

        var spans = persisted();
        assertThat(spans).hasSize(80_002);
        assertThat(spans)
                .extracting(Span::sequence)
                .isEqualTo(IntStream.range(0, 80_002).boxed().toList());
    }

    /** The spans as a store took them. */
    private List<Span> persisted() {
        var store = new CapturingStore();
        recorder.complete(Status.COMPLETED);
        recorder.persist(store);
        return new ArrayList<>(store.spans());
    }
}
