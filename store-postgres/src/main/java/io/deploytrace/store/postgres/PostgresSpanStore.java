package io.deploytrace.store.postgres;

import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.store.WriteResult;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Spans in PostgreSQL. The schema must be there ({@link PostgresSchema}).
 *
 * <p>A call borrows one connection of the data source and gives it back as it found it. It sets nothing that would
 * outlive a transaction, neither settings nor prepared statements nor locks, so that the connection may lead
 * through a pooler in transaction mode. The data source should be the pool itself: behind a proxy that lends the
 * connection of the application's current transaction, a write would commit that transaction.
 *
 * <p>A call is cancelled when its deadline passes. How long it may wait before for a connection is the data source's
 * own setting (the pool's connection timeout).
 *
 * <p>Holds nothing that must be closed. Safe for use by several threads.
 */
public final class PostgresSpanStore implements SpanWriter {

    /** The most that one write takes: the sum of the lengths of all attributes and events as JSON, in characters. */
    public static final int MAXIMUM_WRITE_SIZE = 128 * 1_048_576;

    private final SpanWriting writing;

    private PostgresSpanStore(Builder builder) {
        var database = new Database(builder.dataSource);
        writing = new SpanWriting(database, builder.clock);
    }

    /** A builder of a store in the database of the data source, which stays the caller's to close. */
    public static Builder builder(DataSource dataSource) {
        return new Builder(dataSource);
    }

    @Override
    public WriteResult write(Collection<Span> spans, Deadline deadline) {
        return writing.write(spans, deadline);
    }

    /** Collects the settings of a store; not safe for use by several threads. */
    public static final class Builder {

        private final DataSource dataSource;
        private @Nullable InstantSource clock;

        private Builder(DataSource dataSource) {
            this.dataSource = Objects.requireNonNull(dataSource, "dataSource");
        }

        /**
         * The clock that {@code created_at} and {@code updated_at} are read from. By default the database's, so that all
         * writers of one database agree.
         */
        public Builder clock(InstantSource clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /** The store. */
        public PostgresSpanStore build() {
            return new PostgresSpanStore(this);
        }
    }
}
