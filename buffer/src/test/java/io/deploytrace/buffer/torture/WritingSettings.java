package io.deploytrace.buffer.torture;

import java.nio.file.Path;
import java.util.List;

/**
 * What a writing process is told at its start.
 *
 * @param seed the seed of the workload
 * @param process its number, from 0
 * @param url the database, for JDBC; through the proxy
 * @param user the database's user
 * @param password the user's password
 * @param spool the spool's directory
 * @param disk what is under the spool
 * @param rate how many calls each of its threads makes in a second, at most
 * @param bug what is broken
 */
record WritingSettings(
        long seed,
        int process,
        String url,
        String user,
        String password,
        Path spool,
        Disk disk,
        int rate,
        PlantedBug bug) {

    /** What is under the spool. */
    enum Disk {
        /** The disk itself, which keeps what was written when a process is killed. */
        REAL,
        /** What wasn't forced is lost with the process, as when the power fails. */
        FORGETFUL,
        /** Of what wasn't forced, some is lost with the process. */
        ERRATIC
    }

    List<String> toArguments() {
        return List.of(
                Long.toString(seed),
                Integer.toString(process),
                url,
                user,
                password,
                spool.toString(),
                disk.name(),
                Integer.toString(rate),
                bug.name());
    }

    static WritingSettings parse(String[] arguments) {
        return new WritingSettings(
                Long.parseLong(arguments[0]),
                Integer.parseInt(arguments[1]),
                arguments[2],
                arguments[3],
                arguments[4],
                Path.of(arguments[5]),
                Disk.valueOf(arguments[6]),
                Integer.parseInt(arguments[7]),
                PlantedBug.valueOf(arguments[8]));
    }
}
