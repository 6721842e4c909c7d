package io.deploytrace.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.store.Deadline;
import io.deploytrace.store.InMemorySpanStore;
import io.deploytrace.store.TraceFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PagingTest {

    private static final UUID WORKSPACE = UUID.fromString("0193a4c0-0000-7000-8000-000000000001");
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final List<String> KNOWN = List.of("outcome", "since", "limit", "cursor");
    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private final String cursor =
            page("traces", WORKSPACE, Map.of("outcome", "failed"), NOW).next("position of the store");

    private static Paging page(String list, UUID workspace, Map<String, String> query, Instant now) {
        var all = new HashMap<String, List<String>>();
        query.forEach((name, value) -> all.put(name, List.of(value)));
        return Paging.of(list, workspace, Parameters.of(all, KNOWN), now);
    }

    private static void assertRefused(String list, UUID workspace, Map<String, String> query) {
        assertThatThrownBy(() -> page(list, workspace, query, NOW))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.problem()).isEqualTo(Problem.INVALID_CURSOR));
    }

    @Test
    void cursor_sentBack_leadsOnFromTheTimeOfTheFirstPage() {
        var later = NOW.plusSeconds(3_600);

        var next = page("traces", WORKSPACE, Map.of("outcome", "failed", "limit", "7", "cursor", cursor), later);

        assertThat(next.storeCursor()).isEqualTo("position of the store");
        assertThat(next.now()).isEqualTo(NOW);
        assertThat(next.limit()).isEqualTo(7);
        assertThat(next.next(null)).isNull();
    }

    @Test
    void cursor_ofAnotherListWorkspaceOrFilter_isRefused() {
        assertRefused("targets", WORKSPACE, Map.of("outcome", "failed", "cursor", cursor));
        assertRefused("traces", UUID.randomUUID(), Map.of("outcome", "failed", "cursor", cursor));
        assertRefused("traces", WORKSPACE, Map.of("outcome", "blocked", "cursor", cursor));
        assertRefused("traces", WORKSPACE, Map.of("cursor", cursor));
        assertRefused("traces", WORKSPACE, Map.of("outcome", "failed", "since", "24h", "cursor", cursor));
    }

    @Test
    void cursor_withAnyCharacterChangedOrMissing_isRefused() {
        var random = new Random(1);
        for (var i = 0; i < cursor.length(); i++) {
            var other = BASE64.charAt(random.nextInt(BASE64.length()));
            if (other != cursor.charAt(i)) {
                var changed = cursor.substring(0, i) + other + cursor.substring(i + 1);
                assertRefused("traces", WORKSPACE, Map.of("outcome", "failed", "cursor", changed));
            }
            var without = cursor.substring(0, i) + cursor.substring(i + 1);
            assertRefused("traces", WORKSPACE, Map.of("outcome", "failed", "cursor", without));
        }
        for (var text : List.of("x", "=", "%", " " + cursor, cursor + "=", cursor + "A", cursor.repeat(20))) {
            assertRefused("traces", WORKSPACE, Map.of("outcome", "failed", "cursor", text));
        }
    }

    @Test
    void read_storeRefusesTheCursorWithin_isRefused() {
        var store = new InMemorySpanStore();
        var deadline = Deadline.after(Duration.ofSeconds(30));
        var asked = page("traces", WORKSPACE, Map.of("outcome", "failed", "cursor", cursor), NOW)
                .request();

        assertThatThrownBy(() -> Paging.read(asked, page -> store.traces(WORKSPACE, TraceFilter.ALL, page, deadline)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.problem()).isEqualTo(Problem.INVALID_CURSOR));
    }
}
