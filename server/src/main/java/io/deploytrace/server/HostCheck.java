package io.deploytrace.server;

import com.google.rpc.Code;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.deploytrace.server.api.Problem;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Refuses requests that name another host than this one. Without it, a web page whose name was made to point here (DNS rebinding) could use
 * a server that asks for no credentials.
 */
final class HostCheck implements DecoratingHttpServiceFunction {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> allowed;

    /**
     * A check that also lets these names through.
     *
     * @param host where the server listens; an IPv6 address has no brackets
     */
    HostCheck(Set<String> names, String host) {
        allowed = Stream.of(LOOPBACK, names, Set.of(DeploytraceServer.bracketed(host)))
                .flatMap(Set::stream)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public HttpResponse serve(HttpService delegate, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        if (!allowed.contains(name(request.authority()))) {
            throw Refusal.of(
                            Problem.MISDIRECTED_REQUEST,
                            Code.PERMISSION_DENIED,
                            "The request names a host that this server doesn't answer for. Call it by localhost, or start it with"
                                    + " --allowed-host.")
                    .exception();
        }
        return delegate.serve(context, request);
    }

    /** The host without its port; an IPv6 address keeps its brackets. */
    static String name(@org.jspecify.annotations.Nullable String authority) {
        if (authority == null) {
            return "";
        }
        var name = authority.replaceFirst(":[0-9]{1,5}$", "");
        return name.toLowerCase(Locale.ROOT);
    }
}
