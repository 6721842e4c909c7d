package io.deploytrace.store.postgres;

import io.deploytrace.store.ApiKeyStore;
import io.deploytrace.testkit.ApiKeyContract;
import io.deploytrace.testkit.AuthenticationContract;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole contract of a store of keys. */
class PostgresApiKeysContractTest {

    @Nested
    class Keys extends ApiKeyContract {

        @RegisterExtension
        final PostgresDatabase database = PostgresDatabase.migrated();

        @Override
        protected ApiKeyStore open(InstantSource clock) {
            return new PostgresApiKeys(database.dataSource(), clock);
        }

        @Override
        protected UUID newWorkspace() {
            return database.createWorkspace();
        }
    }

    @Nested
    class Authentication extends AuthenticationContract {

        @RegisterExtension
        final PostgresDatabase database = PostgresDatabase.migrated();

        @Override
        protected ApiKeyStore open(InstantSource clock) {
            return new PostgresApiKeys(database.dataSource(), clock);
        }

        @Override
        protected UUID newWorkspace() {
            return database.createWorkspace();
        }
    }
}
