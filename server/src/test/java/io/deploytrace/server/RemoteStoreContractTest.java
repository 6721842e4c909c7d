package io.deploytrace.server;

import io.deploytrace.server.ingest.IngestLimits;
import io.deploytrace.testkit.BatchesContract;
import io.deploytrace.testkit.ConcurrencyContract;
import io.deploytrace.testkit.IdempotencyContract;
import io.deploytrace.testkit.ListingContract;
import io.deploytrace.testkit.MaintenanceContract;
import io.deploytrace.testkit.PagingContract;
import io.deploytrace.testkit.ReadingContract;
import io.deploytrace.testkit.StoreUnderTest;
import io.deploytrace.testkit.TenancyContract;
import io.deploytrace.testkit.ValidationContract;
import io.deploytrace.testkit.WritingContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/**
 * The whole contract of a store, held against a writer that is far from it, with a server in between that takes whatever a store
 * takes.
 */
class RemoteStoreContractTest {

    private static RemoteFixture fixture;

    @BeforeAll
    static void start() throws Exception {
        fixture = RemoteFixture.start(IngestLimits.HIGHEST);
    }

    @AfterAll
    static void stop() throws Exception {
        fixture.close();
    }

    @Nested
    class Batches extends BatchesContract {
        @Override
        protected StoreUnderTest open() {
            return fixture.storeFromAfar();
        }
    }

    @Nested
    class Concurrency extends ConcurrencyContract {
        @Override
        protected StoreUnderTest open() {
            return fixture.storeFromAfar();
        }
    }

    @Nested
    class Idempotency extends IdempotencyContract {
        @Override
        protected StoreUnderTest open() {
            return fixture.storeFromAfar();
        }
    }

    @Nested
    class Listing extends ListingContract {
        @Override
        protected StoreUnderTest open() {
            return fixture.storeFromAfar();
        }
    }

    @Nested
    class Maintenance extends MaintenanceContract {
        @Override
        protected StoreUnderTest open() {
            return fixture.storeFromAfar();
        }
    }

    @Nested
    class Paging extends PagingContract {
        @Override
        protected StoreUnderTest open() {
            return fixture.storeFromAfar();
        }
    }

    @Nested
    class Reading extends ReadingContract {
        @Override
        protected StoreUnderTest open() {
            return fixture.storeFromAfar();
        }
    }

    @Nested
    class Tenancy extends TenancyContract {
        @Override
        protected StoreUnderTest open() {
            return fixture.storeFromAfar();
        }
    }

    @Nested
    class Validation extends ValidationContract {
        @Override
        protected StoreUnderTest open() {
            return fixture.storeFromAfar();
        }
    }

    @Nested
    class Writing extends WritingContract {
        @Override
        protected StoreUnderTest open() {
            return fixture.storeFromAfar();
        }
    }
}
