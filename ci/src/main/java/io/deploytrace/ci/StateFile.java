package io.deploytrace.ci;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.UnaryOperator;

/**
 * Where the commands of a job leave their state for the next. A change is read, made and written under a lock between processes, and
 * replaces the file in one step: one that is killed leaves it as it was before or after. What isn't readable any more is set aside, not lost.
 */
final class StateFile {

    /** The system's lock tells processes apart, and refuses a second one to the same process. */
    private static final Object OF_THIS_PROCESS = new Object();

    /** Escapes, so that also a text that isn't valid Unicode is read as it was written. */
    private static final JsonFactory JSON =
            new JsonFactoryBuilder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final Path file;
    private final Path lock;
    private final Warnings warnings;

    /** @param directory its owner's alone: see {@link StateDirectory} */
    StateFile(Path directory, String name, Warnings warnings) {
        this.file = directory.resolve(name + ".json");
        this.lock = directory.resolve(name + ".lock");
        this.warnings = warnings;
    }

    /**
     * Changes the state, and returns what it is then. One that isn't there begins with a trace of its own.
     * Also safe between the threads of one process, which the system's lock isn't for.
     */
    JobState update(UnaryOperator<JobState> change) throws IOException {
        synchronized (OF_THIS_PROCESS) {
            return updateLocked(change);
        }
    }

    private JobState updateLocked(UnaryOperator<JobState> change) throws IOException {
        // Closing the channel gives the lock back.
        try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            var unused = channel.lock();
            var next = change.apply(read());
            write(next);
            return next;
        }
    }

    private JobState read() throws IOException {
        try (var json = JSON.createParser(Files.readAllBytes(file))) {
            return StateJson.read(json);
        } catch (NoSuchFileException e) {
            return JobState.of(RandomIds.traceId());
        } catch (IOException e) {
            return setAside(e);
        }
    }

    private JobState setAside(IOException problem) throws IOException {
        var aside = file.resolveSibling(file.getFileName() + ".unreadable");
        Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        warnings.say("what was recorded before can't be read (" + problem.getMessage() + "): it is kept in " + aside
                + ", and a new trace begins.");
        return JobState.of(RandomIds.traceId());
    }

    private void write(JobState state) throws IOException {
        var next = file.resolveSibling(file.getFileName() + ".next");
        try (var json = JSON.createGenerator(Files.newOutputStream(next))) {
            StateJson.write(json, state);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The file, for people. */
    @Override
    public String toString() {
        return file.toString();
    }
}
