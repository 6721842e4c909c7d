package io.deploytrace.server;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.concurrent.atomic.AtomicInteger;

/** Refuses requests while too many others are being answered; health and metrics always get through. */
final class RequestsInFlight implements DecoratingHttpServiceFunction {

    private final int maximum;
    private final AtomicInteger count = new AtomicInteger();

    RequestsInFlight(int maximum) {
        this.maximum = maximum;
    }

    /** How many there are. */
    int count() {
        return count.get();
    }

    @Override
    public HttpResponse serve(HttpService delegate, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        if (isFree(context)) {
            return delegate.serve(context, request);
        }
        if (count.incrementAndGet() > maximum) {
            count.decrementAndGet();
            throw Refusal.tooMany("This server is answering as many requests as it can. Send the same request again.")
                    .exception();
        }
        // Also for a request whose client went away.
        var unused = context.log().whenComplete().thenRun(count::decrementAndGet);
        return delegate.serve(context, request);
    }

    private static boolean isFree(ServiceRequestContext context) {
        return Route.of(context.path()).map(Route::isOpen).orElse(true);
    }
}
