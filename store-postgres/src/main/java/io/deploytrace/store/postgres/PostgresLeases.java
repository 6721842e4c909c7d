package io.deploytrace.store.postgres;

import io.deploytrace.store.Deadline;
import io.deploytrace.store.Leases;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Leases in PostgreSQL: rows, not locks of a session, so that they work through a pooler in transaction mode. The schema must be there
 * ({@link PostgresSchema}). Holds nothing that must be closed. Safe for use by several threads.
 */
public final class PostgresLeases implements Leases {

    private static final Duration LONGEST = Duration.ofDays(1);

    private static final String HOLD = """
            insert into deployment_trace_lease as held (name, holder, expires_at)
            values (?, ?, clock_timestamp() + ? * interval '1 microsecond')
            on conflict (name) do update
            set holder = excluded.holder, expires_at = excluded.expires_at
            where held.holder = excluded.holder or held.expires_at <= clock_timestamp()
            returning held.name
            """;

    private static final String RELEASE = """
            delete from deployment_trace_lease held
            where held.name = ? and held.holder = ?
            returning held.name
            """;

    private final Database database;

    /** The leases in the database of the data source, which stays the caller's to close. */
    public PostgresLeases(DataSource dataSource) {
        this.database = new Database(dataSource);
    }

    @Override
    public boolean tryHold(String name, UUID holder, Duration time, Deadline deadline) {
        Objects.requireNonNull(holder, "holder");
        if (time.compareTo(Duration.ZERO) <= 0 || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "time must be more than zero and at most " + LONGEST + ", but is " + time);
        }
        var hold = hold(ShortText.check("A lease's name", name), holder, time);
        return !database.call("The lease may or may not be held.", deadline, hold::list)
                .isEmpty();
    }

    @Override
    public void release(String name, UUID holder, Deadline deadline) {
        var release = release(ShortText.check("A lease's name", name), holder);
        database.call("The lease may still be held.", deadline, release::list);
    }

    static Query<String> hold(String name, UUID holder, Duration time) {
        return new Query<>(HOLD, List.of(name, holder, Intervals.microseconds(time)), row -> row.getString("name"));
    }

    static Query<String> release(String name, UUID holder) {
        return new Query<>(RELEASE, List.of(name, holder), row -> row.getString("name"));
    }
}
