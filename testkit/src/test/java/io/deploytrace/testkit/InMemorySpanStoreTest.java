package io.deploytrace.testkit;

import io.deploytrace.store.InMemorySpanStore;
import io.deploytrace.store.TraceChanges;
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

    @Nested
    class Search extends SearchContract {
        @Override
        protected StoreUnderTest open() {
            return new StoreInMemory();
        }
    }

    @Nested
    class Answers extends AnswersContract {
        @Override
        protected StoreUnderTest open() {
            return new StoreInMemory();
        }
    }

    @Nested
    class Targets extends TargetsContract {
        @Override
        protected StoreUnderTest open() {
            return new StoreInMemory();
        }
    }

    @Nested
    class Changes extends ChangesContract {
        @Override
        protected StoreUnderTest open() {
            return new StoreInMemory();
        }

        @Override
        protected TraceChanges changes() {
            return (InMemorySpanStore) reader();
        }
    }

    @Nested
    class Outline extends OutlineContract {
        @Override
        protected StoreUnderTest open() {
            return new StoreInMemory();
        }
    }

    @Nested
    class SpanList extends SpanListContract {
        @Override
        protected StoreUnderTest open() {
            return new StoreInMemory();
        }
    }
}
