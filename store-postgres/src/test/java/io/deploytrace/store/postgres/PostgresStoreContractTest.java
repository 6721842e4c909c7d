package io.deploytrace.store.postgres;

import io.deploytrace.store.SpanReader;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.store.TraceChanges;
import io.deploytrace.store.TraceMaintenance;
import io.deploytrace.testkit.AnswersContract;
import io.deploytrace.testkit.BatchesContract;
import io.deploytrace.testkit.ChangesContract;
import io.deploytrace.testkit.ConcurrencyContract;
import io.deploytrace.testkit.IdempotencyContract;
import io.deploytrace.testkit.ListingContract;
import io.deploytrace.testkit.MaintenanceContract;
import io.deploytrace.testkit.OutlineContract;
import io.deploytrace.testkit.PagingContract;
import io.deploytrace.testkit.ReadingContract;
import io.deploytrace.testkit.SearchContract;
import io.deploytrace.testkit.SpanListContract;
import io.deploytrace.testkit.StoreUnderTest;
import io.deploytrace.testkit.TargetsContract;
import io.deploytrace.testkit.TenancyContract;
import io.deploytrace.testkit.ValidationContract;
import io.deploytrace.testkit.WritingContract;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The whole contract of a store, on one database with a workspace for each test. */
class PostgresStoreContractTest {

    private static final PostgresDatabase DATABASE = PostgresDatabase.migrated();

    @BeforeAll
    static void create() {
        DATABASE.beforeEach(null);
    }

    @AfterAll
    static void drop() throws SQLException {
        DATABASE.afterEach(null);
    }

    /** The store as its users build it. */
    PostgresSpanStore.Builder builder(DataSource dataSource) {
        return PostgresSpanStore.builder(dataSource);
    }

    /** The way to the database. */
    DataSource connections(PostgresDatabase database) {
        return database.dataSource();
    }

    private StoreUnderTest store() {
        var connections = connections(DATABASE);
        var store = builder(connections).build();
        return new PostgresStore(store, new PostgresMaintenance(connections));
    }

    private record PostgresStore(PostgresSpanStore store, TraceMaintenance maintenance) implements StoreUnderTest {

        @Override
        public SpanWriter writer() {
            return store;
        }

        @Override
        public SpanReader reader() {
            return store;
        }

        @Override
        public UUID newWorkspace() {
            return DATABASE.createWorkspace();
        }
    }

    @Nested
    class Batches extends BatchesContract {
        @Override
        protected StoreUnderTest open() {
            return store();
        }
    }

    @Nested
    class Concurrency extends ConcurrencyContract {
        @Override
        protected StoreUnderTest open() {
            return store();
        }
    }

    @Nested
    class Idempotency extends IdempotencyContract {
        @Override
        protected StoreUnderTest open() {
            return store();
        }
    }

    @Nested
    class Listing extends ListingContract {
        @Override
        protected StoreUnderTest open() {
            return store();
        }
    }

    @Nested
    class Maintenance extends MaintenanceContract {
        @Override
        protected StoreUnderTest open() {
            return store();
        }
    }

    @Nested
    class Paging extends PagingContract {
        @Override
        protected StoreUnderTest open() {
            return store();
        }
    }

    @Nested
    class Reading extends ReadingContract {
        @Override
        protected StoreUnderTest open() {
            return store();
        }
    }

    @Nested
    class Tenancy extends TenancyContract {
        @Override
        protected StoreUnderTest open() {
            return store();
        }
    }

    @Nested
    class Validation extends ValidationContract {
        @Override
        protected StoreUnderTest open() {
            return store();
        }
    }

    @Nested
    class Writing extends WritingContract {
        @Override
        protected StoreUnderTest open() {
            return store();
        }
    }

    @Nested
    class Search extends SearchContract {
        @Override
        protected StoreUnderTest open() {
            return store();
        }
    }

    @Nested
    class Answers extends AnswersContract {
        @Override
        protected StoreUnderTest open() {
            return store();
        }
    }

    @Nested
    class Targets extends TargetsContract {
        @Override
        protected StoreUnderTest open() {
            return store();
        }
    }

    @Nested
    class Changes extends ChangesContract {
        @Override
        protected StoreUnderTest open() {
            return store();
        }

        @Override
        protected TraceChanges changes() {
            return new PostgresTraceChanges(DATABASE.dataSource());
        }
    }

    @Nested
    class Outline extends OutlineContract {
        @Override
        protected StoreUnderTest open() {
            return store();
        }
    }

    @Nested
    class SpanList extends SpanListContract {
        @Override
        protected StoreUnderTest open() {
            return store();
        }
    }
}
