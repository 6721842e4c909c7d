package io.deploytrace.server;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.metric.NoopMeterRegistry;
import com.linecorp.armeria.common.util.BlockingTaskExecutor;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.deploytrace.server.ingest.Ingest;
import io.netty.handler.timeout.WriteTimeoutHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Puts the server together: routes, what every request passes through, and the limits. */
final class Assembly {

    /** Streams wait for their key to be checked before they count as requests in flight. */
    private static final int STREAMS_PER_CONNECTION = 256;

    private static final int THREADS = Math.max(8, 4 * Runtime.getRuntime().availableProcessors());

    /** Zero would make Armeria cut off requests in flight. */
    private static final Duration QUIET_BEFORE_STOP = Duration.ofMillis(1);

    private final DeploytraceServerBuilder settings;
    private final ServerLimits limits;
    private final ServerMetrics metrics;
    private final Ingest ingest;
    private final BooleanSupplier stopping;
    private final BlockingTaskExecutor executor = BlockingTaskExecutor.builder()
            .threadNamePrefix("deploytrace-server")
            .numThreads(THREADS)
            .build();

    Assembly(DeploytraceServerBuilder settings, ServerMetrics metrics, Ingest ingest, BooleanSupplier stopping) {
        this.settings = settings;
        this.limits = settings.limits;
        this.metrics = metrics;
        this.ingest = ingest;
        this.stopping = stopping;
    }

    Server server() {
        var builder = Server.builder();
        listen(builder);
        limit(builder);
        route(builder);
        new EventLoops().addTo(builder);
        builder.decorator(decoration());
        builder.errorHandler(new ServerErrors(limits.bodyBytes()));
        SecurityHeaders.HEADERS.forEach(builder::setHeader);
        return builder.disableServerHeader()
                .meterRegistry(NoopMeterRegistry.get())
                .blockingTaskExecutor(executor, true)
                .build();
    }

    private void listen(ServerBuilder builder) {
        var address = new InetSocketAddress(settings.address(), settings.port);
        var tls = settings.tlsKeyPair();
        if (tls == null) {
            builder.port(address, SessionProtocol.HTTP);
        } else {
            builder.port(address, SessionProtocol.HTTPS).tls(tls);
        }
    }

    private void limit(ServerBuilder builder) {
        builder.maxRequestLength(limits.bodyBytes())
                .maxNumConnections(limits.connections())
                .http2MaxStreamsPerConnection(STREAMS_PER_CONNECTION)
                .http1MaxHeaderSize(limits.headerBytes())
                .http1MaxInitialLineLength(limits.headerBytes())
                .http2MaxHeaderListSize(limits.headerBytes())
                .requestTimeout(limits.requestTimeout())
                .idleTimeout(limits.idleTimeout(), false)
                .gracefulShutdownTimeout(QUIET_BEFORE_STOP, limits.shutdownTimeout())
                .childChannelPipelineCustomizer(pipeline -> pipeline.addFirst(
                        new WriteTimeoutHandler(limits.idleTimeout().toMillis(), TimeUnit.MILLISECONDS)));
    }

    private void route(ServerBuilder builder) {
        var bodies = new BodyMemory(limits.bytesInFlight(), limits.decompressedBytes());
        metrics.watch(bodies);
        add(builder, Route.EXPORT, traces(Assembly::otlpHttp, bodies));
        add(builder, Route.EXPORT_GRPC, traces(Assembly::otlpGrpc, bodies));
        add(builder, Route.LIVE, new HealthService(() -> true, Runnable::run));
        add(
                builder,
                Route.READY,
                new HealthService(() -> !stopping.getAsBoolean() && settings.readiness.getAsBoolean(), executor));
        add(builder, Route.METRICS, metrics.service());
    }

    private static void add(ServerBuilder builder, Route route, HttpService service) {
        builder.route().path(route.path()).methods(route.methods()).build(service);
    }

    private TraceService traces(Function<HttpRequest, OtlpProtocol> protocols, BodyMemory bodies) {
        return new TraceService(protocols, ingest, executor, bodies);
    }

    private static OtlpProtocol otlpHttp(HttpRequest request) {
        var protocol = OtlpProtocol.of(request.contentType());
        if (protocol == null) {
            throw Refusal.unsupported("The content type must be application/x-protobuf or application/json.")
                    .exception();
        }
        return protocol;
    }

    private static OtlpProtocol otlpGrpc(HttpRequest request) {
        if (!GrpcProtocol.accepts(request.contentType())) {
            throw Refusal.unsupported("The content type must be application/grpc.")
                    .exception();
        }
        return GrpcProtocol.INSTANCE;
    }

    /** From the inside to the outside. */
    private Function<HttpService, HttpService> decoration() {
        var authentication = new Authentication(settings.authenticationRequired, settings.apiKeys, settings.jobTokens);
        var inFlight = new RequestsInFlight(limits.requestsInFlight());
        metrics.watch(inFlight);
        var gate = new Gate(authentication, inFlight, executor, limits);
        return service -> {
            var guarded = service.decorate(gate);
            var checked =
                    settings.authenticationRequired ? guarded : guarded.decorate(new HostCheck(settings.allowedHosts));
            return checked.decorate(metrics);
        };
    }
}
