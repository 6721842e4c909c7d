package io.deploytrace.server;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import io.deploytrace.testkit.Await;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Listens to the events of a workspace as browsers do: it knows the last id, and takes up what is complete alone. */
final class EventClient implements Subscriber<HttpObject>, AutoCloseable {

    /** An event, its data as maps and values. */
    record Event(String name, @Nullable String id, String json, Map<String, Object> data) {

        String traceId() {
            return String.valueOf(data.get("traceId"));
        }

        long revision() {
            return ((Number) data.getOrDefault("revision", -1)).longValue();
        }
    }

    private static final Pattern LINE = Pattern.compile("(?m)^([a-z]*): (.*)$");

    private final HttpResponse response;
    private final CompletableFuture<ResponseHeaders> headers = new CompletableFuture<>();
    private final List<Event> events = new ArrayList<>();
    private String lastId;
    private String rest = "";
    private int heartbeats;
    private boolean ended;

    private EventClient(HttpResponse response, @Nullable String lastId) {
        this.response = response;
        this.lastId = lastId;
        response.subscribe(this);
    }

    /**
     * Begins to listen.
     *
     * @param key the key; empty for none
     * @param lastId the id after which it goes on; null for now
     */
    static EventClient listen(String url, String key, UUID workspace, @Nullable String lastId) {
        var request = RequestHeaders.builder(HttpMethod.GET, "/api/v1/workspaces/" + workspace + "/events");
        if (!key.isEmpty()) {
            request.add("authorization", "Bearer " + key);
        }
        if (lastId != null) {
            request.add("last-event-id", lastId);
        }
        var client = WebClient.builder(url)
                .responseTimeoutMillis(0)
                .maxResponseLength(0)
                .build();
        return new EventClient(client.execute(request.build()), lastId);
    }

    /** The same, once the server has begun to tell. */
    EventClient connected() {
        Await.until(() -> heartbeats() > 0 || isEnded() || !events().isEmpty());
        return this;
    }

    int status() {
        return headers.join().status().code();
    }

    ResponseHeaders headers() {
        return headers.join();
    }

    /** What was heard so far. */
    synchronized List<Event> events() {
        return List.copyOf(events);
    }

    /** How often it was told that it still is connected. */
    synchronized int heartbeats() {
        return heartbeats;
    }

    /** After which it would go on. */
    synchronized @Nullable String lastId() {
        return lastId;
    }

    synchronized boolean isEnded() {
        return ended;
    }

    /** The revision of each trace as it was heard of last. */
    synchronized Map<String, Long> revisions() {
        var revisions = new HashMap<String, Long>();
        events.forEach(event -> revisions.put(event.traceId(), event.revision()));
        return revisions;
    }

    /** Waits for a trace to be told. */
    Event await(String traceId) {
        Await.until(() -> {
            if (isEnded()) {
                throw new AssertionError("The stream has ended; " + status() + "; heard " + events());
            }
            return events().stream().anyMatch(event -> event.traceId().equals(traceId));
        });
        return events().stream()
                .filter(event -> event.traceId().equals(traceId))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public synchronized void onNext(HttpObject part) {
        if (part instanceof ResponseHeaders received) {
            headers.complete(received);
        } else if (part instanceof HttpData data) {
            take(data.toStringUtf8());
        }
    }

    private void take(String text) {
        var blocks = (rest + text).split("\n\n", -1);
        for (var i = 0; i < blocks.length - 1; i++) {
            dispatch(blocks[i]);
        }
        rest = blocks[blocks.length - 1];
    }

    private void dispatch(String block) {
        var fields = new HashMap<String, String>();
        LINE.matcher(block).results().forEach(line -> fields.put(line.group(1), line.group(2)));
        var id = fields.get("id");
        if (id != null) {
            lastId = id;
        }
        if (fields.containsKey("data")) {
            var json = fields.get("data");
            events.add(new Event(fields.getOrDefault("event", "message"), id, json, data(json)));
        } else if ("heartbeat".equals(fields.get(""))) {
            heartbeats++;
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> data(String json) {
        return (Map<String, Object>) Questions.json(json);
    }

    @Override
    public synchronized void onError(Throwable failure) {
        ended = true;
        headers.completeExceptionally(failure);
    }

    @Override
    public synchronized void onComplete() {
        ended = true;
    }

    @Override
    public void close() {
        response.abort();
    }
}
