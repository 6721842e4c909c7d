package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.postgres.PostgresSpanStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** All that a database holds of a workspace, to be compared with what clients sent and were told. */
final class StoredTraces {

    private final Map<String, List<Span>> bySentTrace;

    private StoredTraces(Map<String, List<Span>> bySentTrace) {
        this.bySentTrace = bySentTrace;
    }

    /** Reads everything of the workspace, by the trace id that was sent: a job's spans are stored under another. */
    static StoredTraces read(String databaseUrl, UUID workspace) throws SQLException {
        var source = DatabaseAddress.parse(databaseUrl, null).dataSource();
        var store = PostgresSpanStore.builder(source).build();
        var stored = new HashMap<String, List<Span>>();
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var traces = statement.executeQuery("SELECT DISTINCT trace_id FROM deployment_trace_span"
                        + " WHERE workspace_id = '" + workspace + "'")) {
            while (traces.next()) {
                var spans = store.trace(workspace, traces.getString(1), Deadline.after(Duration.ofSeconds(30)));
                var sent = spans.get(0).attributes().getString("otel.trace_id");
                stored.put(sent == null ? spans.get(0).traceId() : sent, spans);
            }
        }
        return new StoredTraces(stored);
    }

    /** Takes a trace away; its spans, which are none if it isn't stored. */
    List<Span> remove(String traceId) {
        var spans = bySentTrace.remove(traceId);
        return spans == null ? List.of() : spans;
    }

    /** All ids of spans. */
    Set<String> spanIds() {
        return bySentTrace.values().stream()
                .flatMap(List::stream)
                .map(Span::spanId)
                .collect(Collectors.toSet());
    }

    /**
     * Fails unless what the clients were told is stored is there once and whole, what else they sent is there whole or not at all, and
     * nothing else is there. Takes what it found away.
     *
     * @return how many traces are stored though it isn't known to a client
     */
    int assertHold(Collection<SendingClient> clients) {
        var unanswered = 0;
        for (var client : clients) {
            for (var trace : client.acknowledged()) {
                assertThat(contents(bySentTrace.remove(trace.traceId()))).isEqualTo(trace.contents());
            }
            unanswered += removeWhole(client.unanswered());
        }
        assertThat(bySentTrace).isEmpty();
        return unanswered;
    }

    /** Takes away those of the traces that are stored, which must be whole; how many there were. */
    int removeWhole(Collection<SentTrace> traces) {
        var found = 0;
        for (var trace : traces) {
            var spans = bySentTrace.remove(trace.traceId());
            if (spans != null) {
                assertThat(contents(spans)).isEqualTo(trace.contents());
                found++;
            }
        }
        return found;
    }

    private static Map<String, SentTrace.Content> contents(List<Span> spans) {
        var contents = new HashMap<String, SentTrace.Content>();
        for (var span : spans == null ? List.<Span>of() : spans) {
            assertThat(contents.put(span.spanId(), SentTrace.content(span))).isNull();
        }
        return contents;
    }
}
