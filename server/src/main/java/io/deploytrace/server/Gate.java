package io.deploytrace.server;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.deploytrace.store.Deadline;
import io.netty.util.AttributeKey;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a request through if the {@link Route} table admits who makes it, and there is a place for it. The body isn't read before. Health and
 * metrics always get through.
 */
final class Gate implements DecoratingHttpServiceFunction {

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final AttributeKey<Principal> PRINCIPAL = AttributeKey.valueOf(Gate.class, "PRINCIPAL");
    private static final AttributeKey<Deadline> DEADLINE = AttributeKey.valueOf(Gate.class, "DEADLINE");

    /** Those whose sender isn't known yet take no other place: this many times as many of them may wait. */
    private static final int UNKNOWN_SENDERS = 4;

    private final Authentication authentication;
    private final RequestsInFlight inFlight;
    private final Semaphore authentications;
    private final Executor executor;
    private final Duration requestTimeout;

    Gate(Authentication authentication, RequestsInFlight inFlight, Executor executor, ServerLimits limits) {
        this.authentication = authentication;
        this.inFlight = inFlight;
        this.authentications = new Semaphore(UNKNOWN_SENDERS * limits.requestsInFlight());
        this.executor = executor;
        this.requestTimeout = limits.requestTimeout();
    }

    /** Who makes a request that was let through. */
    static Principal principal(ServiceRequestContext context) {
        return Objects.requireNonNull(context.attr(PRINCIPAL));
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
        var deadline = Deadline.after(GrpcTimeout.atMost(requestTimeout, request.headers()));
        context.setAttr(DEADLINE, deadline);
        var authorization = request.headers().getAll(HttpHeaderNames.AUTHORIZATION);
        if (!authentications.tryAcquire()) {
            throw Refusal.tooMany("This server is checking as many keys as it can. Send the same request again.")
                    .exception();
        }
        var principal = CompletableFuture.supplyAsync(
                        () -> authentication.authenticate(authorization, deadline), executor)
                .whenComplete((proven, refused) -> authentications.release());
        return HttpResponse.of(principal.thenApplyAsync(
                proven -> admit(route, proven, delegate, context, request), context.eventLoop()));
    }

    private HttpResponse admit(
            Route route,
            Principal principal,
            HttpService delegate,
            ServiceRequestContext context,
            HttpRequest request) {
        if (!route.admits(principal)) {
            throw Refusal.forbidden("What was sent as authorization is valid, but not good for this.")
                    .exception();
        }
        inFlight.admit(context, principal);
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
