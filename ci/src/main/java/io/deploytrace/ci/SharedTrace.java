package io.deploytrace.ci;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The trace that the commands of a job share: its file, and the server that is told of it. */
final class SharedTrace {

    private final JobSettings settings;
    private final StateFile file;

    private SharedTrace(JobSettings settings, StateFile file) {
        this.settings = settings;
        this.file = file;
    }

    /**
     * @throws IllegalArgumentException if the settings are wrong
     * @throws IOException if there is no place for the file
     */
    static SharedTrace open(Map<String, String> variables, Warnings warnings) throws IOException {
        var settings = JobSettings.of(variables);
        return new SharedTrace(settings, new StateFile(StateDirectory.open(variables), settings.key(), warnings));
    }

    JobSettings settings() {
        return settings;
    }

    /** Changes the state, and returns what it is then. */
    JobState change(UnaryOperator<JobState> change) throws IOException {
        return file.update(change);
    }

    /** Tells the server what it hasn't been told. */
    Delivery deliver(JobState state, Duration patience) throws IOException {
        if (state.unsent().isEmpty()) {
            return Delivery.nothing();
        }
        var delivery = new SpanSender(settings).send(state.unsent(), patience);
        file.update(delivery);
        return delivery;
    }

    /** Where it is kept, for people. */
    @Override
    public String toString() {
        return file.toString();
    }
}
