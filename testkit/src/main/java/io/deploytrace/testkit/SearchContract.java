package io.deploytrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.TargetFilter;
import io.deploytrace.store.TimeRange;
import io.deploytrace.store.TraceFilter;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.NodeType;
import io.deploytrace.vocabulary.Phase;
import io.deploytrace.vocabulary.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Looking for text in lists: what people type is found as it is, whatever its case and characters. */
public abstract class SearchContract extends StoreContract {

    private static final PageRequest PAGE = PageRequest.first(1_000);

    private Span blocked(String target) {
        var trace = fixtures.trace(workspace)
                .target(target)
                .release("Release-7")
                .with(AttributeKeys.JOB_ID, "Job-8")
                .with(AttributeKeys.TRIGGER, "version.Created");
        var verdict = Attributes.of(AttributeKeys.MESSAGE, "Not on a Friday, says Zoë");
        var rule = verdict.toBuilder().put(AttributeKeys.RULE_ID, "Rule-9").build();
        var root = trace.root(Status.COMPLETED);
        trace.add(root, "Approval Policy", Phase.PLANNING, NodeType.EVALUATION, Status.BLOCKED, rule);
        write(trace.spans());
        return root;
    }

    private List<String> search(String text) {
        var filter = new TraceFilter(null, null, null, null, null, null, null, text, TimeRange.ALL);
        var page = reader().traces(workspace, filter, PAGE, soon());
        assertThat(page.nextCursor()).isNull();
        return page.items().stream().map(trace -> trace.summary().traceId()).toList();
    }

    private List<String> searchTargets(String text) {
        return reader().targets(workspace, new TargetFilter(null, text), PAGE, soon()).items().stream()
                .map(target -> target.latest().summary().releaseTargetKey())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"shop", "release-7", "JOB-8", "VERSION.created", "rule-9", "proval pol", "FRIDAY", "ZOË", "zoë"})
    void traces_ofAText_sayItAnywhereInTheirSummaryWhateverItsCase(String text) {
        var found = blocked("web-Shop");
        write(fixtures.completeWorkflow(workspace, "billing"));

        assertThat(search(text)).containsExactly(found.traceId());
        assertThat(search(text + "\u00a7")).isEmpty();
    }

    @Test
    void traces_ofTheBeginningOfATraceId_areFoundAndThoseOfItsMiddleAreNot() {
        var traceId = blocked("api").traceId();

        assertThat(search(traceId)).containsExactly(traceId);
        assertThat(search(traceId.substring(0, 9).toUpperCase(Locale.ROOT))).containsExactly(traceId);
        assertThat(search(traceId.substring(1))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%", "_", "\\", ".", "*", "[", "]", "^", "$", "(", "|", "{2}", "?", "+", "'", "\"", "&", "-", "\\d"
            })
    void traces_andTargets_ofACharacterThatPatternsKnow_haveThatCharacter(String text) {
        var found = blocked("a" + text + "b");
        blocked("aXb");

        assertThat(search("A" + text + "B")).containsExactly(found.traceId());
        assertThat(search("A" + text + "c")).isEmpty();
        assertThat(searchTargets(text)).containsExactly("a" + text + "b");
    }

    @ParameterizedTest
    @CsvSource({
        "STRASSE,strasse",
        "Ärger,äRGER",
        "ΣΊΣΥΦΟΣ,σίσυφος",
        "Ёлка,ёЛКА",
        "\uD801\uDC00,\uD801\uDC28",
        "straße,STRAßE"
    })
    void traces_andTargets_ofLettersOfEveryScript_areFoundWhateverTheirCase(String stored, String text) {
        var found = blocked("x" + stored + "y");
        blocked("other");

        assertThat(search(text)).containsExactly(found.traceId());
        assertThat(search(stored)).containsExactly(found.traceId());
        assertThat(searchTargets(text)).containsExactly("x" + stored + "y");
    }

    @Test
    void traces_ofATextInPages_joinIntoTheWhole() {
        var found = new ArrayList<String>();
        for (var i = 0; i < 5; i++) {
            found.add(0, blocked("shop-" + i).traceId());
            blocked("other");
        }
        var filter = new TraceFilter(null, null, null, null, null, null, null, "SHOP", TimeRange.ALL);
        var joined = new ArrayList<String>();
        var page = reader().traces(workspace, filter, PageRequest.first(2), soon());
        while (true) {
            page.items().forEach(trace -> joined.add(trace.summary().traceId()));
            if (page.nextCursor() == null) {
                break;
            }
            page = reader().traces(workspace, filter, new PageRequest(2, page.nextCursor()), soon());
        }

        assertThat(joined).isEqualTo(found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\u0000b", "\uD83D"})
    void filter_ofATextThatNothingCanHold_isRefused(String text) {
        assertThatThrownBy(() -> new TargetFilter(null, text)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> search(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void filter_ofTheLongestText_worksAndOfOneMore_isRefused() {
        var found = blocked("\\".repeat(200));

        assertThat(search("\\".repeat(200))).containsExactly(found.traceId());
        assertThat(search("k".repeat(200))).isEmpty();
        assertThatThrownBy(() -> search("k".repeat(201))).hasMessageContaining("1 to 200 characters, but has 201");
    }
}
