package io.deploytrace.store.postgres;

import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.postgresql.util.PSQLException;

/** Names the workspace that a write failed for because it doesn't exist. */
final class UnknownWorkspace {

    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private UnknownWorkspace() {}

    /** The work, with that failure named. */
    static <T> Database.Work<T> named(Traces traces, Database.Work<T> work) {
        return session -> {
            try {
                return work.run(session);
            } catch (SQLException failure) {
                if (FOREIGN_KEY_VIOLATION.equals(failure.getSQLState())) {
                    throw unknown(traces, failure);
                }
                throw failure;
            }
        };
    }

    private static SpanStoreException unknown(Traces traces, SQLException failure) {
        var workspaces = Arrays.stream(traces.workspaceIds())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return new SpanStoreException(
                Reason.UNKNOWN_WORKSPACE,
                subject(workspaces, detail(failure))
                        + ": create it first, with \"deploytrace workspace create\" or in the"
                        + " application that the workspaces belong to. " + traces.undone(),
                failure);
    }

    /** The database's detail names the key, in whatever language. */
    private static String subject(List<String> workspaces, String detail) {
        return workspaces.stream()
                .filter(id -> workspaces.size() == 1 || detail.contains(id))
                .findFirst()
                .map(id -> "There is no workspace " + id)
                .orElse("One of the workspaces " + String.join(", ", workspaces) + " doesn't exist");
    }

    private static String detail(SQLException failure) {
        if (failure instanceof PSQLException error && error.getServerErrorMessage() != null) {
            return Objects.toString(error.getServerErrorMessage().getDetail(), "");
        }
        return "";
    }
}
