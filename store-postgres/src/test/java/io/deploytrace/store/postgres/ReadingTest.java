package io.deploytrace.store.postgres;

import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.Page;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.StoredTrace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the tests of reading share: a workspace, a program that writes rows, the reader. */
abstract class ReadingTest {

    static final Instant CREATED = Instant.parse("2026-11-22T10:00:00Z");

    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.migrated();

    final Deadline deadline = Deadline.after(Duration.ofMinutes(1));
    UUID workspace;
    ForeignProgram program;
    PostgresSpanStore reader;
    PostgresMaintenance maintenance;

    @BeforeEach
    void connect() {
        workspace = database.createWorkspace();
        program = new ForeignProgram(database);
        reader = PostgresSpanStore.builder(database.dataSource()).build();
        maintenance = new PostgresMaintenance(database.dataSource());
    }

    TestSpan span(int trace, int sequence) {
        return TestSpan.of(workspace, trace, sequence);
    }

    /** Writes one trace per span, each so many seconds after {@link #CREATED}, and their summaries. */
    void writeTraces(TestSpan... roots) {
        for (var i = 0; i < roots.length; i++) {
            program.write(CREATED.plusSeconds(i), roots[i]);
        }
        maintenance.reindex(workspace, false, deadline);
    }

    static List<Span> built(TestSpan... spans) {
        return Stream.of(spans).map(TestSpan::build).toList();
    }

    static List<String> traceIds(int... traces) {
        return Arrays.stream(traces).mapToObj(TestSpan::traceId).toList();
    }

    static List<String> traceIdsOf(List<StoredTrace> traces) {
        return traces.stream().map(trace -> trace.summary().traceId()).toList();
    }

    /** All pages of a list, from the first to the one without a cursor. */
    static <T> List<List<T>> pages(int limit, Function<PageRequest, Page<T>> list) {
        var pages = new ArrayList<List<T>>();
        var request = PageRequest.first(limit);
        while (true) {
            var page = list.apply(request);
            pages.add(page.items());
            if (page.nextCursor() == null) {
                return pages;
            }
            request = new PageRequest(limit, page.nextCursor());
        }
    }
}
