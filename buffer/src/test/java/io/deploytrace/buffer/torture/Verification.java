package io.deploytrace.buffer.torture;

import io.deploytrace.buffer.torture.Journal.Progress;
import io.deploytrace.query.TraceSummary;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanKey;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanReader;
import io.deploytrace.store.StoredTrace;
import io.deploytrace.store.postgres.PostgresMaintenance;
import io.deploytrace.store.postgres.PostgresSpanStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/** Compares what is stored with what was written and acknowledged. Used once, when nobody writes. */
final class Verification {

    private static final String DUPLICATES = """
            select trace_id, span_id, count(*) from deployment_trace_span group by 1, 2 having count(*) > 1
            """;

    private static final String TRACES = "select distinct trace_id from deployment_trace_span";

    private final DataSource dataSource;
    private final Workload workload;
    private final Journal journal;
    private final SpanReader reader;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> written = new HashSet<>();

    Verification(DataSource dataSource, Workload workload, Journal journal) {
        this.dataSource = dataSource;
        this.workload = workload;
        this.journal = journal;
        this.reader = PostgresSpanStore.builder(dataSource).build();
    }

    /** What is wrong; empty if all promises were kept. */
    List<Finding> run() throws SQLException {
        findings.addAll(journal.findings());
        each(
                DUPLICATES,
                row -> add(
                        Finding.Kind.DUPLICATED,
                        "span " + row.get(1) + " of trace " + row.get(0) + " is there " + row.get(2) + " times"));
        checkVictim();
        journal.units().forEach(this::check);
        each(TRACES, row -> {
            if (!written.contains(row.get(0))) {
                add(Finding.Kind.NEVER_WRITTEN, "trace " + row.get(0));
            }
        });
        checkRebuild();
        return findings;
    }

    private void check(Unit unit, Progress progress) {
        var content = workload.content(unit);
        if (content.isSound()) {
            checkSound(unit, content, progress);
        } else {
            checkPoison(unit, content, progress);
        }
    }

    private void checkSound(Unit unit, UnitContent content, Progress progress) {
        var stored = new HashMap<SpanKey, Span>();
        for (var trace : content.traces()) {
            written.add(trace.traceId());
            stored.putAll(read(trace));
        }
        var isAsPromised = IntStream.rangeClosed(progress.acknowledged(), progress.started())
                .anyMatch(step -> content.stored(step).equals(stored));
        if (!isAsPromised) {
            add(
                    kind(content, stored, progress),
                    unit + " of " + content.steps() + " steps, started to "
                            + progress.started() + ", acknowledged to " + progress.acknowledged() + ": expected "
                            + content.stored(progress.acknowledged()).keySet() + ", found " + stored.keySet());
        }
    }

    private static Finding.Kind kind(UnitContent content, Map<SpanKey, Span> stored, Progress progress) {
        var isOlder = IntStream.range(0, progress.acknowledged())
                .anyMatch(step -> content.stored(step).equals(stored));
        if (isOlder) {
            return Finding.Kind.LOST;
        }
        var possible = content.call(content.steps()).stream().map(Span::key).toList();
        return possible.containsAll(stored.keySet()) ? Finding.Kind.HALF_WRITTEN : Finding.Kind.NEVER_WRITTEN;
    }

    private void checkPoison(Unit unit, UnitContent content, Progress progress) {
        if (progress.acknowledged() > 0 && !journal.rejected().contains(unit)) {
            add(
                    Finding.Kind.UNREPORTED,
                    unit + ", which is " + content.kind() + ", was acknowledged and never rejected");
        }
    }

    private Map<SpanKey, Span> read(GrowingTrace trace) {
        var spans = reader.trace(trace.workspaceId(), trace.traceId(), deadline());
        var byKey = new HashMap<SpanKey, Span>();
        spans.forEach(span -> byKey.put(span.key(), span));
        var summary = reader.summary(trace.workspaceId(), trace.traceId(), deadline());
        var expected = spans.isEmpty() ? null : TraceSummary.of(spans);
        var actual = summary.map(StoredTrace::summary).orElse(null);
        if (!Objects.equals(expected, actual)) {
            add(Finding.Kind.READ_MODEL, "trace " + trace.traceId() + " has " + actual + ", its spans say " + expected);
        }
        return byKey;
    }

    /** What {@link UnitContent.Kind#CONFLICT} units tried to take. */
    private void checkVictim() {
        var victim = workload.victim();
        var trace = victim.get(0).traceId();
        written.add(trace);
        var stored = workload.workspaces().stream()
                .flatMap(workspace -> reader.trace(workspace, trace, deadline()).stream())
                .toList();
        if (!stored.equals(victim)) {
            add(Finding.Kind.NEVER_WRITTEN, "another workspace's trace was changed: " + stored);
        }
    }

    private void checkRebuild() {
        var maintenance = new PostgresMaintenance(dataSource);
        for (var workspace : workload.workspaces()) {
            var repaired = maintenance.reindex(workspace, true, deadline());
            if (repaired > 0) {
                add(Finding.Kind.READ_MODEL, repaired + " summaries of workspace " + workspace + " were rebuilt");
            }
        }
    }

    private void add(Finding.Kind kind, String text) {
        findings.add(new Finding(kind, text));
    }

    private static Deadline deadline() {
        return Deadline.after(Duration.ofMinutes(10));
    }

    private void each(String sql, Consumer<List<String>> action) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                var row = new ArrayList<String>();
                for (var column = 1; column <= columns; column++) {
                    row.add(rows.getString(column));
                }
                action.accept(row);
            }
        }
    }
}
