package io.deploytrace.store.postgres;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The whole contract once more, through a pooler in transaction mode. */
class PgBouncerStoreContractTest extends PostgresStoreContractTest {

    private static Pooler pooler;
    private static KeptConnections connections;

    @BeforeAll
    static void startPooler() {
        pooler = Pooler.start("transaction");
    }

    @AfterAll
    static void stopPooler() throws SQLException {
        if (connections != null) {
            connections.close();
        }
        if (pooler != null) {
            pooler.close();
        }
    }

    @Override
    DataSource connections(PostgresDatabase database) {
        if (connections == null) {
            connections = new KeptConnections(pooler.to(database));
        }
        return connections;
    }
}
