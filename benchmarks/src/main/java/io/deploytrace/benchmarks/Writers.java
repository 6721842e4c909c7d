package io.deploytrace.benchmarks;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writers in the specification's way, each with a connection of its own.
 *
 * @param writers one for each thread
 */
record Writers(List<SpecificationWriter> writers) implements AutoCloseable {

    static Writers specification(Database database, int count) throws SQLException {
        var writers = new ArrayList<SpecificationWriter>();
        for (var i = 0; i < count; i++) {
            writers.add(SpecificationWriter.inserting(database.dataSource()));
        }
        return new Writers(writers);
    }

    @Override
    public void close() throws SQLException {
        for (var writer : writers) {
            writer.close();
        }
    }
}
