package io.deploytrace.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.Workspace;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresWorkspacesTest extends ReadingTest {

    private PostgresWorkspaces workspaces;

    @BeforeEach
    void open() {
        workspaces = new PostgresWorkspaces(database.dataSource());
        database.execute("DELETE FROM workspace");
    }

    @Test
    void list_severalWorkspaces_isByNameWithTheNamelessLast() {
        var nameless = database.createWorkspace();
        var b = workspaces.create("b", deadline);
        var upper = workspaces.create("B", deadline);
        var a = workspaces.create("a c", deadline);

        assertThat(workspaces.list(deadline)).containsExactly(upper, a, b, new Workspace(nameless, null));
    }

    @Test
    void find_workspace_isTheOneOfTheIdAlone() {
        var nameless = database.createWorkspace();
        var named = workspaces.create("team", deadline);

        assertThat(workspaces.find(named.id(), deadline)).contains(named);
        assertThat(workspaces.find(nameless, deadline)).contains(new Workspace(nameless, null));
        assertThat(workspaces.find(UUID.randomUUID(), deadline)).isEmpty();
    }

    @Test
    void create_nameThatIsTaken_failsAndCreatesNothing() {
        var first = workspaces.create("team", deadline);

        assertThatThrownBy(() -> workspaces.create("team", deadline))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"team\" already");
        assertThat(workspaces.list(deadline)).containsExactly(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\tb", "a\u0000b", "a\u0085b", "\uD83D"})
    void create_nameThatIsUnfit_fails(String name) {
        assertThatThrownBy(() -> workspaces.create(name, deadline))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("A workspace's name must");
        assertThat(workspaces.list(deadline)).isEmpty();
    }

    @Test
    void create_nameOf100Characters_succeedsAndOfOneMore_fails() {
        var longest = "\uD83D\uDE80".repeat(100);

        assertThat(workspaces.create(longest, deadline).name()).isEqualTo(longest);
        assertThatThrownBy(() -> workspaces.create(longest + "x", deadline)).hasMessageContaining("but has 101");
    }

    @Test
    void createAndDelete_tableOfAnotherApplication_areRefused() {
        var id = database.createWorkspace();
        program.write(CREATED, TestSpan.of(id, 1, 0));
        database.execute("ALTER TABLE workspace ADD COLUMN slug text NOT NULL DEFAULT 'x'");

        assertThatThrownBy(() -> workspaces.create("team", deadline))
                .isInstanceOfSatisfying(
                        SpanStoreException.class,
                        e -> assertThat(e.reason()).isEqualTo(SpanStoreException.Reason.NOT_READY))
                .hasMessageContaining("belong to another application")
                .hasMessageContaining("slug");
        assertThatThrownBy(() -> workspaces.delete(id, spans -> {}, deadline))
                .hasMessageContaining("No workspace was deleted");
        assertThat(workspaces.list(deadline)).containsExactly(new Workspace(id, null));
        assertThat(reader.trace(id, TestSpan.traceId(1), deadline)).hasSize(1);
    }

    @Test
    void delete_workspaceWithManySpans_emptiesItInBatchesAndRemovesItWithItsName() {
        var doomed = workspaces.create("doomed", deadline).id();
        var kept = workspaces.create("kept", deadline);
        program.write(CREATED, TestSpan.of(kept.id(), 1, 0));
        maintenance.reindex(kept.id(), false, deadline);
        database.execute("""
                INSERT INTO deployment_trace_span (trace_id, span_id, name, start_time, workspace_id, created_at)
                SELECT lpad(to_hex(trace), 32, '0'), lpad(to_hex(span), 16, '0'), 'x', now(), '%s',
                       timestamptz '2020-01-01' + trace * interval '1 second'
                FROM generate_series(10, 1209) trace, generate_series(1, 5) span
                """.formatted(doomed));
        var progress = new ArrayList<Long>();

        assertThat(workspaces.delete(doomed, progress::add, deadline)).isEqualTo(6_000);

        assertThat(progress).containsExactly(5_000L, 6_000L);
        assertThat(workspaces.list(deadline)).containsExactly(kept);
        assertThat(database.queryValue("SELECT count(*) FROM deployment_trace_span"))
                .isEqualTo("1");
        assertThat(database.queryValue("SELECT count(*) FROM deployment_trace")).isEqualTo("1");
        assertThat(workspaces.create("doomed", deadline).id()).isNotEqualTo(doomed);
    }

    @Test
    void delete_interruptedThenRepeated_finishes() {
        var doomed = workspaces.create("doomed", deadline).id();
        program.write(CREATED, TestSpan.of(doomed, 1, 0), TestSpan.of(doomed, 1, 1));

        assertThatThrownBy(() -> workspaces.delete(
                        doomed,
                        spans -> {
                            throw new IllegalStateException("pulled the plug");
                        },
                        deadline))
                .hasMessage("pulled the plug");

        assertThat(workspaces.list(deadline)).hasSize(1);
        assertThat(workspaces.delete(doomed, spans -> {}, deadline)).isZero();
        assertThat(workspaces.list(deadline)).isEmpty();
    }

    @Test
    void delete_unknownWorkspace_fails() {
        var unknown = UUID.randomUUID();

        assertThatThrownBy(() -> workspaces.delete(unknown, spans -> {}, deadline))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no workspace " + unknown);
    }
}
