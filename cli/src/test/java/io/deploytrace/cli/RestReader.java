package io.deploytrace.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Asks everything about its workspace, and about the other one, until it is told to stop, and checks each answer. */
final class RestReader implements Runnable {

    private static final int NOT_FOUND = 404;
    private static final int OK = 200;
    private static final String RELEASE = "v1.2.3";

    /** Questions about another workspace; the id is that of one of its traces. */
    private static final List<String> FOREIGN = List.of(
            "/traces",
            "/traces/%1$s",
            "/traces/%1$s/tree",
            "/traces/%1$s/why",
            "/targets",
            "/spans",
            "/why?releaseTarget=shop",
            "/diff?a=%1$s&b=%1$s",
            "/history?releaseTarget=shop",
            "/fanout?releaseId=" + RELEASE);

    private final Random random;
    private final Tenant tenant;
    private final Tenant other;
    private final RestClient client;
    private final Findings findings;
    private final long pause;
    private final String own;
    private volatile boolean over;

    /**
     * A reader of a workspace.
     *
     * @param pause nanoseconds between two questions
     */
    RestReader(long seed, Tenant tenant, Tenant other, RestClient client, Findings findings, long pause) {
        this.random = new Random(seed);
        this.tenant = tenant;
        this.other = other;
        this.client = client;
        this.findings = findings;
        this.pause = pause;
        this.own = path(tenant);
    }

    private static String path(Tenant tenant) {
        return "/api/v1/workspaces/" + tenant.id();
    }

    @Override
    public void run() {
        while (!over) {
            switch (random.nextInt(9)) {
                case 0 -> walkTraces();
                case 1 -> walkTargets();
                case 2 -> readTrace();
                case 3 -> readSpans();
                case 4 -> askOfTrace();
                case 5 -> askOfTarget();
                case 6 -> compare();
                case 7 -> tryForeign();
                default -> listWorkspaces();
            }
            LockSupport.parkNanos(pause);
        }
    }

    void stop() {
        over = true;
    }

    /** Everything that was acknowledged before the walk begins must be met, once, whatever comes in meanwhile. */
    private void walkTraces() {
        var before = tenant.acknowledgedTraces();
        walk("/traces?limit=" + (100 + random.nextInt(900)), "traces/traceId").ifPresent(met -> {
            var missing = new HashSet<>(before);
            missing.removeAll(met);
            findings.require(missing.isEmpty(), "The list of traces lacks " + missing.size() + ": " + missing);
        });
    }

    private void walkTargets() {
        walk("/targets?limit=" + (1 + random.nextInt(20)), "targets/latest/traceId");
    }

    /** The values of the field on all pages; empty if it was told to stop before the end. */
    private Optional<List<String>> walk(String path, String field) {
        var met = new ArrayList<String>();
        for (var cursor = ""; cursor != null; ) {
            var page = ask(path + cursor);
            if (page.isPresent()) {
                met.addAll(page.get().at(field));
                cursor = page.get().at("nextCursor").stream()
                        .map(next -> "&cursor=" + next)
                        .findFirst()
                        .orElse(null);
            } else if (over) {
                return Optional.empty();
            }
            LockSupport.parkNanos(pause);
        }
        findings.require(new HashSet<>(met).size() == met.size(), path + " has duplicates on its pages");
        findings.walks.incrementAndGet();
        return Optional.of(met);
    }

    private void readTrace() {
        var traceId = tenant.anyTrace(random);
        var known = tenant.acknowledgedSpans(traceId);
        ask("/traces/" + traceId)
                .ifPresent(trace -> findings.require(
                        trace.at("spans/spanId").containsAll(known),
                        "The trace " + traceId + " lacks spans that were acknowledged"));
    }

    private void askOfTrace() {
        var traceId = tenant.anyTrace(random);
        var known = tenant.acknowledgedSpans(traceId);
        ask("/traces/" + traceId + "/why");
        ask("/traces/" + traceId + "/tree")
                .ifPresent(tree -> findings.require(
                        tree.at("spans/spanId").containsAll(known),
                        "The tree of " + traceId + " lacks spans that were acknowledged"));
    }

    private void askOfTarget() {
        var target = "?releaseTarget=" + ControllerUnits.target(tenant, random);
        ask("/why" + target);
        ask("/diff" + target);
        ask("/history" + target);
    }

    /** Both tenants have the release. */
    private void compare() {
        ask("/diff?a=" + tenant.anyTrace(random) + "&b=" + tenant.anyTrace(random));
        ask("/fanout?releaseId=" + RELEASE)
                .ifPresent(fanout -> findings.require(
                        fanout.named("releaseTargetKey").stream().allMatch(key -> key.startsWith(tenant.name())),
                        tenant.name() + " was told of the release at " + fanout.named("releaseTargetKey")));
    }

    private void readSpans() {
        var traceId = tenant.anyTrace(random);
        var known = tenant.acknowledgedSpans(traceId);
        ask("/spans?limit=1000&traceId=" + traceId)
                .map(spans -> spans.at("spans/spanId"))
                .ifPresent(ids -> findings.require(
                        ids.containsAll(known) && new HashSet<>(ids).size() == ids.size(),
                        "The list of the spans of " + traceId + " lacks some or has duplicates"));
    }

    private void listWorkspaces() {
        get("/api/v1/workspaces")
                .ifPresent(list -> findings.require(
                        list.at("workspaces/id").equals(List.of(tenant.id().toString())),
                        tenant.name() + " is told that there are " + list.at("workspaces/id")));
    }

    /** Asks about the own workspace, where the answer must be there; empty if no server answered. */
    private Optional<JsonFields> ask(String path) {
        return get(own + path);
    }

    private Optional<JsonFields> get(String path) {
        return client.get(path).flatMap(reply -> {
            findings.reads.incrementAndGet();
            findings.require(reply.status() == OK, path + " was answered with " + reply);
            return reply.status() == OK ? Optional.of(fields(path, reply.body())) : Optional.empty();
        });
    }

    private JsonFields fields(String path, String body) {
        try {
            var fields = JsonFields.of(body);
            findings.require(
                    fields.named("workspaceId").stream().allMatch(tenant.id().toString()::equals),
                    path + " told of another workspace");
            tenant.seen(fields.named("traceId"), fields.named("spanId"));
            return fields;
        } catch (IOException malformed) {
            throw new IllegalStateException(path + " was answered with " + body, malformed);
        }
    }

    private void tryForeign() {
        var foreign = other.anyTrace(random);
        requireNotFound(own + "/traces/" + foreign);
        requireNotFound(own + "/traces/" + foreign + "/tree");
        requireNotFound(own + "/traces/" + foreign + "/why");
        requireNotFound(own + "/diff?a=" + tenant.anyTrace(random) + "&b=" + foreign);
        requireNotFound(own + "/diff?a=" + foreign + "&b=" + tenant.anyTrace(random));
        FOREIGN.forEach(question -> requireNotFound(path(other) + question.formatted(foreign)));
        requireNotFound(client.head(path(other) + "/events"), path(other) + "/events");
        ask("/spans?traceId=" + foreign)
                .ifPresent(list -> findings.require(
                        list.at("spans/spanId").isEmpty(), tenant.name() + " was shown spans of " + foreign));
    }

    private void requireNotFound(String path) {
        requireNotFound(client.get(path), path);
    }

    private void requireNotFound(Optional<RestClient.Reply> answer, String path) {
        answer.ifPresent(reply -> {
            findings.foreignReads.incrementAndGet();
            findings.require(reply.status() == NOT_FOUND, tenant.name() + " asked for " + path + " and got " + reply);
        });
    }
}
