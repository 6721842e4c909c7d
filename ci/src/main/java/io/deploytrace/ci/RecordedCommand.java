package io.deploytrace.ci;

import io.deploytrace.vocabulary.CicdKeys;
import java.io.File;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * A command that runs within a span of its own. The server is told of it while it runs, so that the command doesn't wait.
 *
 * <p>Not safe for use by several threads.
 */
public final class RecordedCommand {

    /** Of OpenTelemetry's SDKs: where these are set already, what instruments the command has a place of its own to send to. */
    private static final String[] ENDPOINTS = {"OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"};

    private static final String CERTIFICATE = "OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE";

    private final JobRecorder recorder;
    private final @Nullable SharedTrace trace;
    private final @Nullable JobState state;
    private final String spanId;
    private final FutureTask<Delivery> opening = new FutureTask<>(new Opening());

    /** @param trace null, as the state is, if it couldn't be recorded */
    RecordedCommand(JobRecorder recorder, @Nullable SharedTrace trace, @Nullable JobState state, String spanId) {
        this.recorder = recorder;
        this.trace = trace;
        this.state = state;
        this.spanId = spanId;
        var thread = new Thread(opening, "deploytrace-begin");
        thread.setDaemon(true);
        thread.start();
    }

    /** Tells the server that the command runs. */
    private final class Opening implements Callable<Delivery> {

        @Override
        public Delivery call() {
            try {
                return trace == null || state == null
                        ? Delivery.nothing()
                        : trace.deliver(state, JobRecorder.patience(trace, state));
            } catch (IOException | RuntimeException e) {
                recorder.sayWhyNot(e);
                return Delivery.nothing();
            }
        }
    }

    /**
     * The variables with which the command's own tools put their spans under this one: {@code TRACEPARENT}, and those of OpenTelemetry's exporters
     * unless they are set already. Empty if nothing is recorded.
     */
    public Map<String, String> variables() {
        var variables = new LinkedHashMap<String, String>();
        if (trace != null && state != null) {
            variables.put(Traceparent.VARIABLE, new Traceparent(state.traceId(), spanId).toString());
            if (!hasEndpoint()) {
                var token = URLEncoder.encode("Bearer " + trace.settings().token(), StandardCharsets.UTF_8);
                variables.put(
                        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
                        trace.settings().traces().toString());
                variables.put("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "http/protobuf");
                variables.put("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "authorization=" + token.replace("+", "%20"));
                putCertificates(variables);
            }
        }
        return variables;
    }

    private void putCertificates(Map<String, String> variables) {
        var file = recorder.variables().getOrDefault(TrustedCertificates.VARIABLE, "");
        if (!file.isEmpty()
                && recorder.variables().getOrDefault(CERTIFICATE, "").isEmpty()) {
            variables.put(CERTIFICATE, new File(file).getAbsolutePath());
        }
    }

    private boolean hasEndpoint() {
        for (var endpoint : ENDPOINTS) {
            if (!recorder.variables().getOrDefault(endpoint, "").isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Ends the span, and waits for the server as {@link JobRecorder} does.
     *
     * @param exitCode the command's exit code: 0 if it succeeded
     * @param message why it failed; null if it didn't
     */
    public void end(int exitCode, @Nullable String message) {
        if (trace != null) {
            var ending =
                    new Ending(recorder.now(), exitCode != 0, message, Map.of(CicdKeys.EXIT_CODE, (long) exitCode));
            try {
                end(trace, new CommandEnding(spanId, ending));
            } catch (IOException | RuntimeException | ExecutionException e) {
                recorder.sayWhyNot(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                recorder.sayWhyNot(e);
            }
        }
    }

    private void end(SharedTrace trace, CommandEnding ending)
            throws IOException, ExecutionException, InterruptedException {
        // One that was away when a long command began may be back.
        var mayBeBack = opening.isDone();
        var ended = trace.change(ending);
        var begin = System.nanoTime();
        var opened = opening.get();
        var left = JobRecorder.patience(trace, ended).minusNanos(System.nanoTime() - begin);
        recorder.say(opened.away() && !mayBeBack ? opened : deliver(trace, ended, opened, left));
    }

    private static Delivery deliver(SharedTrace trace, JobState ended, Delivery opened, Duration patience)
            throws IOException {
        // What was refused then isn't told again, and so is said now.
        var refused = opened.refused() == 0 ? Delivery.nothing() : opened;
        return refused.then(trace.deliver(ended, patience));
    }
}
