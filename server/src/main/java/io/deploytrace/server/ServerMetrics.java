package io.deploytrace.server;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.common.prometheus.PrometheusMeterRegistries;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.prometheus.PrometheusExpositionService;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What the server does, in numbers. All names begin with {@code deploytrace_}. */
final class ServerMetrics implements DecoratingHttpServiceFunction {

    private static final String PREFIX = "deploytrace.";
    private static final String HIKARI = "hikaricp.";

    /** Of these it matters how the times are distributed. */
    private static final Set<String> HISTOGRAMS =
            Set.of(PREFIX + "requests", PREFIX + "buffer.commits", PREFIX + "pool.connections.acquire");

    private static final DistributionStatisticConfig WITH_BUCKETS = DistributionStatisticConfig.builder()
            .serviceLevelObjectives(1e6, 2.5e6, 5e6, 10e6, 25e6, 50e6, 100e6, 250e6, 500e6, 1e9, 2.5e9, 5e9, 10e9)
            .build();

    private final PrometheusMeterRegistry registry = PrometheusMeterRegistries.newRegistry();
    private final Counter brokenOff;

    ServerMetrics() {
        registry.config().meterFilter(new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                return named(id);
            }

            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                return HISTOGRAMS.contains(id.getName()) ? WITH_BUCKETS.merge(config) : config;
            }
        });
        brokenOff = registry.counter("answers.broken.off");
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    /** The pool's own name is the same for all. */
    private static Meter.Id named(Meter.Id id) {
        return id.getName().startsWith(HIKARI)
                ? id.withName(PREFIX + "pool." + id.getName().substring(HIKARI.length()))
                        .replaceTags(List.of())
                : id.withName(PREFIX + id.getName());
    }

    /** Where others count. */
    MeterRegistry registry() {
        return registry;
    }

    /** What Prometheus reads. */
    HttpService service() {
        return PrometheusExpositionService.of(registry.getPrometheusRegistry());
    }

    void watch(RequestsInFlight requests, RequestsInFlight reads) {
        registry.gauge("requests.in.flight", requests, RequestsInFlight::count);
        registry.gauge("reads.in.flight", reads, RequestsInFlight::count);
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
        var route = Route.of(context.config().route().patternString());
        if (isBrokenOff(log) && !route.map(Route::isStream).orElse(false)) {
            brokenOff.increment();
        }
        var grpc = log.responseTrailers()
                .get(GrpcHeaders.STATUS, log.responseHeaders().get(GrpcHeaders.STATUS, ""));
        registry.timer(
                        "requests",
                        "route",
                        route.map(Route::path).orElse("none"),
                        "status",
                        log.responseHeaders().status().codeAsText(),
                        "grpc_status",
                        grpc)
                .record(Duration.ofNanos(log.totalDurationNanos()));
    }

    /** Whether what the status promised didn't come, though the client waited for it. */
    private static boolean isBrokenOff(RequestLog log) {
        var cause = log.responseCause();
        return cause != null && log.responseHeaders().status().isSuccess() && !ServerErrors.isClientGone(cause);
    }
}
