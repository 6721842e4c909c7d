package io.deploytrace.server;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.metric.NoopMeterRegistry;
import com.linecorp.armeria.common.util.BlockingTaskExecutor;
import com.linecorp.armeria.common.util.ThreadFactories;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerListener;
import io.deploytrace.server.api.Api;
import io.deploytrace.server.ingest.Ingest;
import io.deploytrace.server.ui.WebPage;
import io.netty.handler.timeout.WriteTimeoutHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the server together: routes, what every request passes through, and the limits. */
final class Assembly {

    private static final Logger LOG = LoggerFactory.getLogger(DeploytraceServer.class);

    /** Streams wait for their key to be checked before they count as requests in flight. */
    private static final int STREAMS_PER_CONNECTION = 256;

    private static final int PROCESSORS = Math.max(2, Runtime.getRuntime().availableProcessors());

    private static final int THREADS = Math.max(8, 4 * PROCESSORS);

    /** Zero would make Armeria cut off requests in flight. */
    private static final Duration QUIET_BEFORE_STOP = Duration.ofMillis(1);

    /** For what is on its way over open connections when the server stops; twice as long over HTTP/2. */
    private static final Duration LAST_REQUESTS = Duration.ofMillis(100);

    private final DeploytraceServerBuilder settings;
    private final ServerLimits limits;
    private final ServerMetrics metrics;
    private final Ingest ingest;
    private final BooleanSupplier stopping;
    private final Lane spans;
    private final Lane queries;
    private final Lane streams;
    private final Authentication authentication;
    private final @Nullable Events events;

    /** For what waits for the store: look-ups of keys, of which few run at once, and readiness. */
    private final BlockingTaskExecutor waiting = BlockingTaskExecutor.builder()
            .threadNamePrefix("deploytrace-server")
            .numThreads(THREADS)
            .build();

    /** For what only computes: job tokens and the reading of spans. */
    private final ExecutorService computing =
            Executors.newFixedThreadPool(PROCESSORS, ThreadFactories.newThreadFactory("deploytrace-ingest", true));

    private final BlockingTaskExecutor readers;
    private final EventLoops threads = new EventLoops();
    private final FailureLog failures = new FailureLog(
            (level, line, cause) -> LOG.atLevel(level).setCause(cause).log(line), threads::after);

    Assembly(DeploytraceServerBuilder settings, ServerMetrics metrics, Ingest ingest, BooleanSupplier stopping) {
        this.settings = settings;
        this.limits = settings.limits;
        this.metrics = metrics;
        this.ingest = ingest;
        this.stopping = stopping;
        this.readers = BlockingTaskExecutor.builder()
                .threadNamePrefix("deploytrace-queries")
                .numThreads(settings.readThreads)
                .build();
        this.spans = Lane.of(limits.requestsInFlight(), limits.requestTimeout());
        var readTimeout = shorter(limits.readTimeout(), limits.requestTimeout());
        this.queries = Lane.of(limits.readsInFlight(), readTimeout);
        var eventLimits = settings.eventLimits;
        this.streams = Lane.of(eventLimits.eventStreams(), eventLimits.eventStreamsPerKey(), readTimeout);
        this.authentication = new Authentication(
                settings.authenticationRequired, settings.apiKeys, settings.jobTokens, waiting, computing, failures);
        this.events = settings.changes == null || settings.workspaces == null
                ? null
                : new Events(settings, metrics.registry(), authentication, readers, failures);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    Server server() {
        var builder = Server.builder();
        listen(builder);
        limit(builder);
        route(builder);
        threads.addTo(builder);
        builder.decorator(decoration());
        builder.errorHandler(new ServerErrors(limits.bodyBytes(), failures));
        SecurityHeaders.HEADERS.forEach(builder::setHeader);
        return builder.disableServerHeader()
                .meterRegistry(NoopMeterRegistry.get())
                .blockingTaskExecutor(waiting, true)
                .serverListener(ServerListener.builder()
                        .whenStopping(stopping -> endEvents())
                        .whenStopped(stopped -> {
                            readers.shutdown();
                            computing.shutdown();
                            failures.close();
                        })
                        .build())
                .build();
    }

    private void endEvents() {
        if (events != null) {
            events.close();
        }
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
                .connectionDrainDuration(LAST_REQUESTS)
                .childChannelPipelineCustomizer(pipeline -> pipeline.addFirst(
                        new WriteTimeoutHandler(limits.idleTimeout().toMillis(), TimeUnit.MILLISECONDS)));
    }

    private void route(ServerBuilder builder) {
        var bodies = new BodyMemory(limits.bytesInFlight(), limits.decompressedBytes());
        metrics.watch(bodies);
        add(builder, Route.EXPORT, traces(Assembly::otlpHttp, bodies));
        add(builder, Route.EXPORT_GRPC, traces(Assembly::otlpGrpc, bodies));
        if (settings.reader != null && settings.workspaces != null) {
            query(
                    builder,
                    new Api(settings.reader, settings.workspaces),
                    new Queries(new WorkspaceAccess(settings.workspaces)));
        }
        add(builder, Route.OPENAPI, new DescriptionService());
        if (events != null) {
            add(builder, Route.EVENTS, events.service());
        }
        page(builder);
        add(builder, Route.LIVE, new HealthService(() -> CompletableFuture.completedFuture(true)));
        add(builder, Route.READY, new HealthService(new Readiness(this::isReady, waiting)::now));
        add(builder, Route.METRICS, metrics.service());
    }

    private void page(ServerBuilder builder) {
        var page = new WebPage(settings.authenticationRequired);
        for (var route : List.of(Route.PAGE, Route.PAGE_WORKSPACE, Route.PAGE_VIEW, Route.PAGE_TRACE)) {
            add(builder, route, page.document());
        }
        add(builder, Route.PAGE_FILE, page.file());
        add(builder, Route.SIGN_IN, SessionService.signIn());
        add(builder, Route.SIGN_OUT, SessionService.signOut());
    }

    private boolean isReady() {
        return !stopping.getAsBoolean() && settings.readiness.getAsBoolean();
    }

    private void query(ServerBuilder builder, Api api, Queries queries) {
        query(builder, Route.WORKSPACES, queries::workspaces);
        query(builder, Route.TRACES, queries.of(api.traces()));
        query(builder, Route.TRACE, queries.of(api.trace()));
        query(builder, Route.TRACE_TREE, queries.of(api.traceTree()));
        query(builder, Route.TARGETS, queries.of(api.targets()));
        query(builder, Route.SPANS, queries.of(api.spans()));
        query(builder, Route.TRACE_WHY, queries.of(api.whyTrace()));
        query(builder, Route.WHY, queries.of(api.whyTarget()));
        query(builder, Route.DIFF, queries.of(api.diff()));
        query(builder, Route.HISTORY, queries.of(api.history()));
        query(builder, Route.FANOUT, queries.of(api.fanout()));
    }

    private void query(ServerBuilder builder, Route route, QueryService.Query query) {
        add(builder, route, new QueryService(query, readers, limits, failures));
    }

    private static void add(ServerBuilder builder, Route route, HttpService service) {
        builder.route().path(route.path()).methods(route.methods()).build(service);
    }

    private TraceService traces(Function<HttpRequest, OtlpProtocol> protocols, BodyMemory bodies) {
        return new TraceService(protocols, ingest, computing, bodies);
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
        metrics.watch(spans.inFlight(), queries.inFlight());
        var gate = new Gate(authentication, spans, queries, streams);
        return service -> {
            var guarded = service.decorate(gate);
            var shared = settings.corsOrigins.isEmpty()
                    ? guarded
                    : guarded.decorate(CrossOrigin.decorator(settings.corsOrigins));
            var checked = settings.authenticationRequired
                    ? shared
                    : shared.decorate(new HostCheck(settings.allowedHosts, settings.host));
            return checked.decorate(metrics);
        };
    }
}
