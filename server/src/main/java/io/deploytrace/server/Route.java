package io.deploytrace.server;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import io.deploytrace.server.api.ProblemException;
import io.deploytrace.store.Role;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The authorization table: every route there is, and who may use it. A route that isn't here is refused. */
enum Route {
    EXPORT(HttpMethod.POST, "/v1/traces", Role.WRITE, true, "takes spans by OTLP over HTTP"),
    EXPORT_GRPC(
            HttpMethod.POST,
            "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
            Role.WRITE,
            true,
            "takes spans by OTLP over gRPC"),
    WORKSPACES(HttpMethod.GET, "/api/v1/workspaces", Role.READ, false, "lists the workspaces that the key is good for"),
    TRACES(HttpMethod.GET, Path.WORKSPACE + "/traces", Role.READ, false, "lists traces, the newest first"),
    TRACE(
            HttpMethod.GET,
            Path.WORKSPACE + "/traces/{traceId}",
            Role.READ,
            false,
            "shows a trace with all its spans and those of the traces linked to it"),
    TRACE_TREE(
            HttpMethod.GET,
            Path.WORKSPACE + "/traces/{traceId}/tree",
            Role.READ,
            false,
            "shows the tree of a trace, of each span what a row shows"),
    TRACE_WHY(
            HttpMethod.GET,
            Path.WORKSPACE + "/traces/{traceId}/why",
            Role.READ,
            false,
            "says why a trace ended as it did"),
    WHY(HttpMethod.GET, Path.WORKSPACE + "/why", Role.READ, false, "says why a release target is as it is"),
    DIFF(
            HttpMethod.GET,
            Path.WORKSPACE + "/diff",
            Role.READ,
            false,
            "says how two traces differ, or what changed at a release target"),
    HISTORY(HttpMethod.GET, Path.WORKSPACE + "/history", Role.READ, false, "says what became of a release target"),
    FANOUT(
            HttpMethod.GET,
            Path.WORKSPACE + "/fanout",
            Role.READ,
            false,
            "says how a release stands at its release targets"),
    TARGETS(HttpMethod.GET, Path.WORKSPACE + "/targets", Role.READ, false, "lists release targets and how they stand"),
    SPANS(HttpMethod.GET, Path.WORKSPACE + "/spans", Role.READ, false, "lists spans, the newest first"),
    OPENAPI(HttpMethod.GET, "/api/openapi.json", null, false, "describes the routes below /api in OpenAPI 3.1"),
    SIGN_IN(HttpMethod.POST, "/sign-in", Role.READ, false, "keeps the key that is sent in the browser's cookie"),
    SIGN_OUT(HttpMethod.POST, "/sign-out", null, false, "removes the key from the browser's cookie"),
    PAGE(HttpMethod.GET, "/", null, false, "shows the page"),
    PAGE_WORKSPACE(HttpMethod.GET, "/w/{workspaceId}", null, false, "shows the page of a workspace"),
    PAGE_VIEW(HttpMethod.GET, "/w/{workspaceId}/{view}", null, false, "shows a view of a workspace"),
    PAGE_TRACE(HttpMethod.GET, "/w/{workspaceId}/traces/{traceId}", null, false, "shows a trace"),
    PAGE_FILE(HttpMethod.GET, "/assets/{version}/{file}", null, false, "gives the page its scripts and styles"),
    EVENTS(HttpMethod.GET, Path.WORKSPACE + "/events", Role.READ, false, "tells which traces change, as they do"),
    LIVE(HttpMethod.GET, "/health/live", null, false, "says whether the server runs"),
    READY(HttpMethod.GET, "/health/ready", null, false, "says whether the server can do its work"),
    METRICS(HttpMethod.GET, "/metrics", null, false, "tells Prometheus what the server does");

    /** Paths that several routes begin with. */
    private static final class Path {
        private static final String WORKSPACE = "/api/v1/workspaces/{workspaceId}";
    }

    private final HttpMethod method;
    private final String path;
    private final Pattern pattern;
    private final @Nullable Role role;
    private final boolean job;
    private final String purpose;

    Route(HttpMethod method, String path, @Nullable Role role, boolean job, String purpose) {
        this.method = method;
        this.path = path;
        this.pattern = Pattern.compile(path.replace(".", "\\.").replaceAll("\\{[a-zA-Z]+}", "[^/]+"));
        this.role = role;
        this.job = job;
        this.purpose = purpose;
    }

    /** Its methods; what can be got can be asked for without its content. */
    Set<HttpMethod> methods() {
        return method == HttpMethod.GET ? Set.of(HttpMethod.GET, HttpMethod.HEAD) : Set.of(method);
    }

    String path() {
        return path;
    }

    /** What it is for. */
    String purpose() {
        return purpose;
    }

    /** Whether it asks for no credentials. */
    boolean isOpen() {
        return role == null;
    }

    /** Whether it asks the store, takes nothing in, and ends with the answer. */
    boolean isQuery() {
        return role == Role.READ && !isStream();
    }

    /** Whether the key in a browser's cookie is as good as one that is sent: to read, and nothing else. */
    boolean honoursSession() {
        return role == Role.READ && method == HttpMethod.GET;
    }

    /** Whether it goes on until the client leaves. */
    boolean isStream() {
        return this == EVENTS;
    }

    /** What those are told whom it doesn't admit: of a workspace no more than if it didn't exist. */
    Refusal refusal() {
        return path.startsWith(Path.WORKSPACE)
                ? Refusal.of(ProblemException.workspaceNotFound())
                : Refusal.forbidden("What was sent as authorization is valid, but not good for this.");
    }

    /** Whether who has proven to be this may use it. */
    boolean admits(Principal principal) {
        if (principal instanceof Principal.Job) {
            return job;
        }
        return role == null || principal.role().map(held -> held.includes(role)).orElse(false);
    }

    /** The path of a request without its query. */
    static String path(RequestHeaders headers) {
        return headers.path().replaceFirst("[?].*", "");
    }

    /** The row of the path, of a request or with its variables; empty if there is none. */
    static Optional<Route> of(String path) {
        return Stream.of(values())
                .filter(route -> route.pattern.matcher(path).matches())
                .findFirst();
    }
}
