package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Span;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a database holds of one workspace after the load, to be compared with what everyone was told. */
final class StoredWorkspace {

    private final MixedLoad load;
    private final StoredTraces traces;
    private final Map<String, Long> revisions;
    private int unanswered;

    private StoredWorkspace(MixedLoad load, StoredTraces traces, Map<String, Long> revisions) {
        this.load = load;
        this.traces = traces;
        this.revisions = revisions;
    }

    static StoredWorkspace read(String databaseUrl, MixedLoad load) throws SQLException {
        return new StoredWorkspace(
                load, StoredTraces.read(databaseUrl, load.tenant().id()), revisions(databaseUrl, load));
    }

    /** The revision of each trace. */
    static Map<String, Long> revisions(String databaseUrl, MixedLoad load) throws SQLException {
        var revisions = new HashMap<String, Long>();
        try (var connection =
                        DatabaseAddress.parse(databaseUrl, null).dataSource().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT trace_id, revision FROM deployment_trace"
                        + " WHERE workspace_id = '" + load.tenant().id() + "'")) {
            while (rows.next()) {
                revisions.put(rows.getString(1), rows.getLong(2));
            }
        }
        return revisions;
    }

    /** Fails unless all that everyone was told is so. */
    void check() {
        checkWhatWasSeen();
        load.listeners().forEach(listener -> assertThat(listener.revisions()).isEqualTo(revisions));
        load.units().forEach(this::check);
        unanswered += traces.assertHold(load.jobs());
    }

    /** How many traces are stored though nobody was told so. */
    int unanswered() {
        return unanswered;
    }

    /** Readers were shown nothing that isn't stored in their workspace. */
    private void checkWhatWasSeen() {
        assertThat(revisions.keySet()).containsAll(load.tenant().seenTraces());
        assertThat(traces.spanIds()).containsAll(load.tenant().seenSpans());
    }

    private void check(ControllerUnit unit) {
        var stored = unit.traces().stream()
                .collect(Collectors.toMap(Function.identity(), trace -> traces.remove(trace.traceId())));
        stored.forEach((trace, spans) -> assertThat(trace.mayBe(byId(spans)))
                .as(() -> "stored " + spans + "\nof " + trace + " of " + unit)
                .isTrue());
        stored.forEach((trace, spans) -> unanswered += trace.isAcknowledged() || spans.isEmpty() ? 0 : 1);
        if (unit.isAtomic()) {
            assertThat(stored.values().stream().map(List::isEmpty).distinct())
                    .as(() -> "by halves: " + unit)
                    .hasSize(1);
        }
    }

    private static Map<String, Span> byId(List<Span> spans) {
        var byId = new HashMap<String, Span>();
        for (var span : spans) {
            assertThat(byId.put(span.spanId(), span)).as("stored twice").isNull();
        }
        return byId;
    }
}
