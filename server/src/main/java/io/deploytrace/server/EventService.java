package io.deploytrace.server;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.deploytrace.server.api.EventText;
import io.deploytrace.server.api.EventsRequest;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.TraceChanges;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Tells clients which traces change, as server-sent events. */
final class EventService implements HttpService {

    /** Without buffering in a proxy, where it heeds this. */
    private static final ResponseHeaders HEADERS = ResponseHeaders.builder(HttpStatus.OK)
            .contentType(MediaType.EVENT_STREAM)
            .set("x-accel-buffering", "no")
            .build();

    private static final String LAST_EVENT_ID = "last-event-id";

    private final TraceChanges changes;
    private final EventHub hub;
    private final Authentication authentication;
    private final WorkspaceAccess access;
    private final EventStream.Patience patience;
    private final EventMeters meters;
    private final Executor executor;
    private final FailureLog failures;

    EventService(
            TraceChanges changes,
            EventHub hub,
            Authentication authentication,
            WorkspaceAccess access,
            EventStream.Patience patience,
            EventMeters meters,
            Executor executor,
            FailureLog failures) {
        this.changes = changes;
        this.hub = hub;
        this.authentication = authentication;
        this.access = access;
        this.patience = patience;
        this.meters = meters;
        this.executor = executor;
        this.failures = failures;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        return HttpResponse.of(CompletableFuture.supplyAsync(() -> open(context), context.makeContextAware(executor)));
    }

    private HttpResponse open(ServiceRequestContext context) {
        var headers = context.request().headers();
        var sent = Objects.requireNonNull(context.pathParam("workspaceId"));
        try {
            var workspaceId = access.require(Gate.principal(context), sent, Gate.deadline(context));
            var wanted = EventsRequest.of(workspaceId, Queries.query(context), headers.get(LAST_EVENT_ID));
            if (context.method() == HttpMethod.HEAD) {
                return HttpResponse.of(HEADERS);
            }
            var admission = new EventAdmission(authentication, access, Gate.authorization(context), sent);
            return listen(context, wanted, admission);
        } catch (SpanStoreException e) {
            failures.reading(e);
            throw Refusal.ofReading(e).exception();
        }
    }

    private HttpResponse listen(ServiceRequestContext context, EventsRequest wanted, EventAdmission admission) {
        var position = wanted.position() == null ? changes.now(Gate.deadline(context)) : wanted.position();
        var text = new EventText(wanted.workspaceId());
        var stream = new EventStream(context, admission, text, position, patience, meters);
        var response = stream.open(HEADERS);
        if (!hub.add(stream)) {
            response.abort();
            throw Refusal.unavailable("The server is stopping. Send the same request again.")
                    .exception();
        }
        return response;
    }
}
