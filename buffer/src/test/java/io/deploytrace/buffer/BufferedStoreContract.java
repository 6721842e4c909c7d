package io.deploytrace.buffer;

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
import org.junit.jupiter.api.Nested;

/** The whole contract of a store, held against a buffer in front of one. */
abstract class BufferedStoreContract {

    /** A store with a buffer in front; closing it closes the buffer. */
    abstract StoreUnderTest buffered();

    @Nested
    class Batches extends BatchesContract {
        @Override
        protected StoreUnderTest open() {
            return buffered();
        }
    }

    @Nested
    class Concurrency extends ConcurrencyContract {
        @Override
        protected StoreUnderTest open() {
            return buffered();
        }
    }

    @Nested
    class Idempotency extends IdempotencyContract {
        @Override
        protected StoreUnderTest open() {
            return buffered();
        }
    }

    @Nested
    class Listing extends ListingContract {
        @Override
        protected StoreUnderTest open() {
            return buffered();
        }
    }

    @Nested
    class Maintenance extends MaintenanceContract {
        @Override
        protected StoreUnderTest open() {
            return buffered();
        }
    }

    @Nested
    class Paging extends PagingContract {
        @Override
        protected StoreUnderTest open() {
            return buffered();
        }
    }

    @Nested
    class Reading extends ReadingContract {
        @Override
        protected StoreUnderTest open() {
            return buffered();
        }
    }

    @Nested
    class Tenancy extends TenancyContract {
        @Override
        protected StoreUnderTest open() {
            return buffered();
        }
    }

    @Nested
    class Validation extends ValidationContract {
        @Override
        protected StoreUnderTest open() {
            return buffered();
        }
    }

    @Nested
    class Writing extends WritingContract {
        @Override
        protected StoreUnderTest open() {
            return buffered();
        }
    }
}
