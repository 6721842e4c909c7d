package io.deploytrace.store.postgres;

import io.deploytrace.store.Workspace;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The workspaces and, in a table beside them, their names. */
final class WorkspaceQueries {

    private static final String KEEP = "(extract(epoch from kept.keep) * 1000000)::bigint as keep";

    private static final String CREATE = """
            with created as (
              insert into workspace (id) values (?) returning id
            )
            insert into deployment_trace_workspace (workspace_id, name)
            select created.id, ?
            from created
            returning workspace_id as id, name, null::bigint as keep
            """;

    private static final String LIST = """
            select workspace.id, named.name, %s
            from workspace
            left join deployment_trace_workspace named on named.workspace_id = workspace.id
            left join deployment_trace_retention kept on kept.workspace_id = workspace.id
            order by named.name collate "C" nulls last, workspace.id
            """.formatted(KEEP);

    private static final String FIND = """
            select workspace.id, named.name, %s
            from workspace
            left join deployment_trace_workspace named on named.workspace_id = workspace.id
            left join deployment_trace_retention kept on kept.workspace_id = workspace.id
            where workspace.id = ?
            """.formatted(KEEP);

    private static final String DELETE = """
            delete from workspace
            where workspace.id = ?
            returning id, null as name, null::bigint as keep
            """;

    private static final String RETAIN = """
            insert into deployment_trace_retention as kept (workspace_id, keep)
            values (?, ? * interval '1 microsecond')
            on conflict (workspace_id) do update set keep = excluded.keep
            returning kept.workspace_id
            """;

    private static final String RETAIN_FOR_EVER = """
            delete from deployment_trace_retention kept
            where kept.workspace_id = ?
            returning kept.workspace_id
            """;

    private static final String FOREIGN_COLUMNS = """
            select attname as name
            from pg_attribute
            where attrelid = 'workspace'::regclass and attnum > 0 and not attisdropped and attname <> 'id'
            order by attnum
            """;

    private WorkspaceQueries() {}

    static Query<Workspace> create(UUID id, String name) {
        return new Query<>(CREATE, List.of(id, name), WorkspaceQueries::read);
    }

    static Query<Workspace> list() {
        return new Query<>(LIST, List.of(), WorkspaceQueries::read);
    }

    static Query<Workspace> find(UUID id) {
        return new Query<>(FIND, List.of(id), WorkspaceQueries::read);
    }

    static Query<Workspace> delete(UUID id) {
        return new Query<>(DELETE, List.of(id), WorkspaceQueries::read);
    }

    static Query<UUID> retain(UUID id, @Nullable Duration retention) {
        return retention == null
                ? new Query<>(RETAIN_FOR_EVER, List.of(id), WorkspaceQueries::workspaceId)
                : new Query<>(RETAIN, List.of(id, Intervals.microseconds(retention)), WorkspaceQueries::workspaceId);
    }

    private static UUID workspaceId(ResultSet row) throws SQLException {
        return row.getObject("workspace_id", UUID.class);
    }

    static Query<String> foreignColumns() {
        return new Query<>(FOREIGN_COLUMNS, List.of(), row -> row.getString("name"));
    }

    private static Workspace read(ResultSet row) throws SQLException {
        var keep = row.getObject("keep", Long.class);
        return new Workspace(
                row.getObject("id", UUID.class), row.getString("name"), keep == null ? null : Intervals.duration(keep));
    }
}
