package io.deploytrace.server;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.function.Function;

/** Signs the page of this server in and out: what a request proves is kept in the browser's cookie, or removed from it. */
final class SessionService implements HttpService {

    private final Function<ServiceRequestContext, ResponseHeaders> answer;

    private SessionService(Function<ServiceRequestContext, ResponseHeaders> answer) {
        this.answer = answer;
    }

    /** Keeps the key that let the request through; nothing where none was sent, since none is needed. */
    static SessionService signIn() {
        return new SessionService(context -> {
            var authorization = Gate.authorization(context);
            return authorization.isEmpty()
                    ? ResponseHeaders.of(HttpStatus.NO_CONTENT)
                    : withCookie(BrowserSession.begin(context, authorization.get(0)));
        });
    }

    /** Removes the key, whether or not it is still good. */
    static SessionService signOut() {
        return new SessionService(context -> withCookie(BrowserSession.end(context)));
    }

    private static ResponseHeaders withCookie(String cookie) {
        return ResponseHeaders.of(HttpStatus.NO_CONTENT, HttpHeaderNames.SET_COOKIE, cookie);
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        if (!BrowserSession.isOwnPage(request.headers())) {
            throw Refusal.forbidden("A browser can be signed in and out by the page of this server alone.")
                    .exception();
        }
        return HttpResponse.of(answer.apply(context));
    }
}
