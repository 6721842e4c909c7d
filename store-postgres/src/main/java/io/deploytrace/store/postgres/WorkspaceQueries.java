package io.deploytrace.store.postgres;

import io.deploytrace.store.Workspace;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** The workspaces and, in a table beside them, their names. */
final class WorkspaceQueries {

    private static final String CREATE = """
            with created as (
              insert into workspace (id) values (?) returning id
            )
            insert into deployment_trace_workspace (workspace_id, name)
            select created.id, ?
            from created
            returning workspace_id as id, name
            """;

    private static final String LIST = """
            select workspace.id, named.name
            from workspace
            left join deployment_trace_workspace named on named.workspace_id = workspace.id
            order by named.name collate "C" nulls last, workspace.id
            """;

    private static final String FIND = """
            select workspace.id, null as name
            from workspace
            where workspace.id = ?
            """;

    private static final String DELETE = """
            delete from workspace
            where workspace.id = ?
            returning id, null as name
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

    static Query<String> foreignColumns() {
        return new Query<>(FOREIGN_COLUMNS, List.of(), row -> row.getString("name"));
    }

    private static Workspace read(ResultSet row) throws SQLException {
        return new Workspace(row.getObject("id", UUID.class), row.getString("name"));
    }
}
