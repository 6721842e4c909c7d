package io.deploytrace.server;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.common.prometheus.PrometheusMeterRegistries;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.prometheus.PrometheusExpositionService;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;

/** What the server does, in numbers. All names begin with {@code deploytrace_}. */
final class ServerMetrics implements DecoratingHttpServiceFunction {

    private static final String PREFIX = "deploytrace.";

    private final PrometheusMeterRegistry registry = PrometheusMeterRegistries.newRegistry();

    ServerMetrics() {
        registry.config().meterFilter(new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                return id.withName(PREFIX + id.getName());
            }
        });
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    /** Where others count. */
    MeterRegistry registry() {
        return registry;
    }

    /** What Prometheus reads. */
    HttpService service() {
        return PrometheusExpositionService.of(registry.getPrometheusRegistry());
    }

    void watch(RequestsInFlight requests) {
        registry.gauge("requests.in.flight", requests, RequestsInFlight::count);
    }

    void watch(BodyMemory bodies) {
        registry.gauge("requests.in.flight.bytes", bodies, BodyMemory::taken);
    }

    @Override
    public HttpResponse serve(HttpService delegate, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        var unused = context.log().whenComplete().thenAccept(this::count);
        return delegate.serve(context, request);
    }

    private void count(RequestLog log) {
        var context = (ServiceRequestContext) log.context();
        var route = context.config().route().isFallback()
                ? "none"
                : context.config().route().patternString();
        var grpc = log.responseTrailers()
                .get(GrpcHeaders.STATUS, log.responseHeaders().get(GrpcHeaders.STATUS, ""));
        registry.timer(
                        "requests",
                        "route",
                        route,
                        "status",
                        log.responseHeaders().status().codeAsText(),
                        "grpc_status",
                        grpc)
                .record(Duration.ofNanos(log.totalDurationNanos()));
    }
}
