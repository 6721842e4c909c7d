package io.deploytrace.server;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import io.deploytrace.store.Role;
import java.util.Optional;
import java.util.Set;
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
    LIVE(HttpMethod.GET, "/health/live", null, false, "says whether the server runs"),
    READY(HttpMethod.GET, "/health/ready", null, false, "says whether the server can do its work"),
    METRICS(HttpMethod.GET, "/metrics", null, false, "tells Prometheus what the server does");

    private final HttpMethod method;
    private final String path;
    private final @Nullable Role role;
    private final boolean job;
    private final String purpose;

    Route(HttpMethod method, String path, @Nullable Role role, boolean job, String purpose) {
        this.method = method;
        this.path = path;
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

    /** The row of the path; empty if there is none. */
    static Optional<Route> of(String path) {
        return Stream.of(values()).filter(route -> route.path.equals(path)).findFirst();
    }
}
