package io.deploytrace.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Listens to the events of a workspace, as a browser does: it remembers the last id, and goes on from there, on another server if need
 * be, when its stream breaks. When it is told that its position is lost, it loads the list of traces anew. What it knows may be asked by
 * any thread.
 */
final class ChangesListener implements Runnable {

    private static final long PAUSE = Duration.ofMillis(200).toNanos();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> urls;
    private final Tenant tenant;
    private final Tenant other;
    private final Findings findings;
    private final RestClient rest;
    private final Map<String, Long> revisions = new HashMap<>();
    private final List<Long> delays = new ArrayList<>();
    private int server;
    private String lastId = "";
    private String pendingId = "";
    private String event = "";
    private String data = "";
    private int streams;
    private int resets;
    private volatile boolean over;

    ChangesListener(List<String> urls, Tenant tenant, Tenant other, Findings findings, int first) {
        this.urls = urls;
        this.tenant = tenant;
        this.other = other;
        this.findings = findings;
        this.rest = new RestClient(urls, tenant, other, findings, first);
        this.server = first;
    }

    @Override
    public void run() {
        while (!over) {
            try (var lines = open()) {
                lines.forEach(this::take);
            } catch (IOException | UncheckedIOException broken) {
                // Then it goes on with another stream.
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
            forgetUnfinished();
            server = (server + 1) % urls.size();
            LockSupport.parkNanos(PAUSE);
        }
    }

    private Stream<String> open() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(
                        URI.create(urls.get(server) + "/api/v1/workspaces/" + tenant.id() + "/events"))
                .header("authorization", "Bearer " + tenant.readKey());
        if (!lastId().isEmpty()) {
            request.header("last-event-id", lastId());
        }
        var response = http.send(request.build(), HttpResponse.BodyHandlers.ofLines());
        if (response.statusCode() == 200) {
            began();
            return response.body();
        }
        findings.require(response.statusCode() == 503, "A stream of events was answered with " + response);
        response.body().close();
        throw new IOException("not now");
    }

    private synchronized void began() {
        streams++;
    }

    private void forgetUnfinished() {
        event = "";
        data = "";
        pendingId = lastId();
    }

    private void take(String line) {
        if (line.isEmpty()) {
            dispatch();
        } else if (line.startsWith("id: ")) {
            pendingId = line.substring(4);
        } else if (line.startsWith("event: ")) {
            event = line.substring(7);
        } else if (line.startsWith("data: ")) {
            data = line.substring(6);
        }
    }

    private void dispatch() {
        try {
            if (event.equals("trace")) {
                changed(JsonFields.of(data));
            } else if (event.equals("reset")) {
                loadAnew();
            }
        } catch (IOException malformed) {
            findings.add("An event can't be read: " + data);
        }
        known(pendingId);
        event = "";
        data = "";
    }

    private synchronized void known(String id) {
        lastId = id;
    }

    private synchronized void changed(JsonFields trace) {
        findings.require(
                !data.contains(other.name()) && !data.contains(other.id().toString()),
                tenant.name() + " heard of a change in " + other.name() + ": " + data);
        var revision = Long.valueOf(trace.at("revision").get(0));
        var before = revisions.put(trace.at("traceId").get(0), revision);
        if (before == null || before < revision) {
            var changedAt = Instant.parse(trace.at("updatedAt").get(0));
            delays.add(Duration.between(changedAt, Instant.now()).toMillis());
        }
    }

    /** The traces of jobs are in no list but that of their job. */
    private void loadAnew() throws IOException {
        var traces = "/api/v1/workspaces/" + tenant.id() + "/traces?limit=1000";
        load(traces);
        load(traces + "&jobId=" + tenant.job());
        wasReset();
    }

    private void load(String list) throws IOException {
        for (var cursor = ""; cursor != null && !over; ) {
            var page = rest.get(list + cursor);
            if (page.isPresent()) {
                var fields = JsonFields.of(page.get().body());
                loaded(fields.at("traces/traceId"), fields.at("traces/revision"));
                cursor = fields.at("nextCursor").stream()
                        .map(next -> "&cursor=" + next)
                        .findFirst()
                        .orElse(null);
            } else {
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    private synchronized void loaded(List<String> traceIds, List<String> loadedRevisions) {
        for (var i = 0; i < traceIds.size(); i++) {
            revisions.put(traceIds.get(i), Long.valueOf(loadedRevisions.get(i)));
        }
    }

    private synchronized void wasReset() {
        resets++;
    }

    private synchronized String lastId() {
        return lastId;
    }

    /** Whether it has a position, from which on it must hear of each change. */
    boolean isListening() {
        return !lastId().isEmpty();
    }

    /** Which of the traces it doesn't know in this revision or a later one. */
    synchronized List<String> unheard(Map<String, Long> stored) {
        return stored.entrySet().stream()
                .filter(trace -> revisions.getOrDefault(trace.getKey(), -1L) < trace.getValue())
                .map(trace ->
                        trace.getKey() + " at revision " + trace.getValue() + ", not " + revisions.get(trace.getKey()))
                .toList();
    }

    /** The milliseconds between each change and its event. */
    synchronized List<Long> delays() {
        return List.copyOf(delays);
    }

    /** The traces it knows, each in the last revision it heard of. */
    synchronized Map<String, Long> revisions() {
        return Map.copyOf(revisions);
    }

    /** How many streams it needed. */
    synchronized int streams() {
        return streams;
    }

    /** How often its position was lost. */
    synchronized int resets() {
        return resets;
    }

    @Override
    public synchronized String toString() {
        return "a listener of " + tenant.name() + " in stream " + streams + " of " + urls.get(server) + " after "
                + lastId;
    }

    /** It ends with its stream. */
    void stop() {
        over = true;
    }
}
