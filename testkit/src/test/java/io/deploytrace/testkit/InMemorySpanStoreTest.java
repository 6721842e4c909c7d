package io.deploytrace.testkit;

import org.junit.jupiter.api.Nested;

/** The store in memory passes the whole contract. */
class InMemorySpanStoreTest {

    @Nested
    class Writing extends WritingContract {
        @Override
        protected StoreUnderTest open() {
            return new StoreInMemory();
        }
    }

    @Nested
    class Idempotency extends IdempotencyContract {
        @Override
        protected StoreUnderTest open() {
            return new StoreInMemory();
        }
    }

    @Nested
    class Batches extends BatchesContract {
        @Override
        protected StoreUnderTest open() {
            return new StoreInMemory();
        }
    }

    @Nested
    class Concurrency extends ConcurrencyContract {
        @Override
        protected StoreUnderTest open() {
            return new StoreInMemory();
        }
    }

    @Nested
    class Validation extends ValidationContract {
        @Override
        protected StoreUnderTest open() {
            return new StoreInMemory();
        }
    }

    @Nested
    class Reading extends ReadingContract {
        @Override
        protected StoreUnderTest open() {
            return new StoreInMemory();
        }
    }

    @Nested
    class Listing extends ListingContract {
        @Override
        protected StoreUnderTest open() {
            return new StoreInMemory();
        }
    }

    @Nested
    class Paging extends PagingContract {
        @Override
        protected StoreUnderTest open() {
            return new StoreInMemory();
        }
    }

    @Nested
    class Tenancy extends TenancyContract {
        @Override
        protected StoreUnderTest open() {
            return new StoreInMemory();
        }
    }

    @Nested
    class Maintenance extends MaintenanceContract {
        @Override
        protected StoreUnderTest open() {
            return new StoreInMemory();
        }
    }
}
