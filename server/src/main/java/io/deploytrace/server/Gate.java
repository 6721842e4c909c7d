package io.deploytrace.server;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.util.TimeoutMode;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.deploytrace.store.Deadline;
import io.netty.util.AttributeKey;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a request through if the {@link Route} table admits who makes it, and there is a place for it. The body isn't read before. Health and
 * metrics always get through.
 */
final class Gate implements DecoratingHttpServiceFunction {

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final AttributeKey<Principal> PRINCIPAL = AttributeKey.valueOf(Gate.class, "PRINCIPAL");
    private static final AttributeKey<List<String>> AUTHORIZATION = AttributeKey.valueOf(Gate.class, "AUTHORIZATION");
    private static final AttributeKey<Deadline> DEADLINE = AttributeKey.valueOf(Gate.class, "DEADLINE");

    /** Less would mean for ever. */
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final Authentication authentication;
    private final Lane spans;
    private final Lane queries;
    private final Lane streams;

    /**
     * A gate.
     *
     * @param spans what requests with spans share
     * @param queries what questions share
     * @param streams what requests share that go on until the client leaves
     */
    Gate(Authentication authentication, Lane spans, Lane queries, Lane streams) {
        this.authentication = authentication;
        this.spans = spans;
        this.queries = queries;
        this.streams = streams;
    }

    /** Who makes a request that was let through. */
    static Principal principal(ServiceRequestContext context) {
        return Objects.requireNonNull(context.attr(PRINCIPAL));
    }

    /** What proved who makes a request that was let through: values of authorization headers; empty if nothing had to. */
    static List<String> authorization(ServiceRequestContext context) {
        return Objects.requireNonNull(context.attr(AUTHORIZATION));
    }

    /** By when a request that was let through must be answered. */
    static Deadline deadline(ServiceRequestContext context) {
        return Objects.requireNonNull(context.attr(DEADLINE));
    }

    @Override
    public HttpResponse serve(HttpService delegate, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        if (context.config().route().isFallback()) {
            return delegate.serve(context, request);
        }
        var path = context.config().route().patternString();
        var route = Route.of(path).orElseThrow(() -> notInTheTable(path));
        return route.isOpen() ? delegate.serve(context, request) : serve(route, delegate, context, request);
    }

    private static RefusedException notInTheTable(String path) {
        LOG.error("The route {} has no row in the authorization table: it is refused", path);
        return Refusal.forbidden("Nobody may use this route.").exception();
    }

    private HttpResponse serve(Route route, HttpService delegate, ServiceRequestContext context, HttpRequest request) {
        var lane = lane(route);
        var time = GrpcTimeout.atMost(lane.timeout(), request.headers());
        if (time.compareTo(lane.timeout()) < 0) {
            context.setRequestTimeout(TimeoutMode.SET_FROM_START, atLeast(SHORTEST, time));
        }
        var deadline = Deadline.after(time);
        context.setAttr(DEADLINE, deadline);
        var authorization = authorization(route, context, request);
        context.setAttr(AUTHORIZATION, authorization);
        if (!lane.authentications().tryAcquire()) {
            throw Refusal.tooMany("This server is checking as many keys as it can. Send the same request again.")
                    .exception();
        }
        var principal = authentication
                .authenticate(authorization, deadline)
                .whenComplete((proven, refused) -> lane.authentications().release());
        return HttpResponse.of(principal.thenApplyAsync(
                proven -> admit(route, lane, proven, delegate, context, request), context.eventLoop()));
    }

    /** Where nobody is asked for a key, an old session can't be at fault. */
    private List<String> authorization(Route route, ServiceRequestContext context, HttpRequest request) {
        return authentication.isRequired()
                ? BrowserSession.authorization(route, context, request)
                : request.headers().getAll(HttpHeaderNames.AUTHORIZATION);
    }

    private static Duration atLeast(Duration shortest, Duration time) {
        return time.compareTo(shortest) < 0 ? shortest : time;
    }

    private Lane lane(Route route) {
        return route.isStream() ? streams : route.isQuery() ? queries : spans;
    }

    private HttpResponse admit(
            Route route,
            Lane lane,
            Principal principal,
            HttpService delegate,
            ServiceRequestContext context,
            HttpRequest request) {
        if (!route.admits(principal)) {
            throw route.refusal().exception();
        }
        lane.inFlight().admit(context, principal);
        context.setAttr(PRINCIPAL, principal);
        try {
            return delegate.serve(context, request);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
