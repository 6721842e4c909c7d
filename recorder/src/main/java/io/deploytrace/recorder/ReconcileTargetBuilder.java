package io.deploytrace.recorder;

import io.deploytrace.span.Masking;
import io.deploytrace.store.SpanWriter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a {@link ReconcileTarget} starts with. A wrong argument throws at once, naming it. Names and ids have
 * 1 to 512 characters.
 *
 * <p>Not safe for use by several threads. It may be used again after {@link #start()}, for another trace.
 */
public final class ReconcileTargetBuilder {

    /** How long {@link ReconcileTarget#persist()} may take unless said otherwise. */
    public static final Duration DEFAULT_PERSIST_TIMEOUT = Duration.ofSeconds(10);

    private final String workspaceId;
    private final String releaseTargetKey;
    private final @Nullable JobReference parent;
    private final List<SpanProcessor> processors = new ArrayList<>();
    private @Nullable SpanWriter store;
    private @Nullable String trigger;
    private @Nullable String releaseId;
    private @Nullable String jobId;
    private @Nullable JobTokens tokens;
    private Masking masking = Masking.standard();
    private InstantSource clock = InstantSource.system();
    private Duration persistTimeout = DEFAULT_PERSIST_TIMEOUT;

    ReconcileTargetBuilder(String workspaceId, String releaseTargetKey, @Nullable JobReference parent) {
        this.workspaceId = Arguments.workspaceId("workspaceId", workspaceId);
        this.releaseTargetKey = Arguments.text("releaseTargetKey", releaseTargetKey);
        this.parent = parent;
    }

    /** Where {@link ReconcileTarget#persist()} and {@link ReconcileTarget#close()} write; nowhere by default. */
    public ReconcileTargetBuilder store(SpanWriter store) {
        this.store = Objects.requireNonNull(store, "store");
        return this;
    }

    /** What set the reconciliation off, such as {@code version.created}; part of the root's name. None by default. */
    public ReconcileTargetBuilder trigger(String trigger) {
        this.trigger = Arguments.text("trigger", trigger);
        return this;
    }

    /** The release that is to be deployed, if it is known already ({@link ReconcileTarget#setReleaseId}). */
    public ReconcileTargetBuilder releaseId(String releaseId) {
        this.releaseId = Arguments.text("releaseId", releaseId);
        return this;
    }

    /** The job that the whole trace belongs to. None by default: a triggered job brings its own id. */
    public ReconcileTargetBuilder jobId(String jobId) {
        this.jobId = Arguments.text("jobId", jobId);
        return this;
    }

    /** Issues the tokens of {@link Job#token()}. None by default: those tokens are then empty. */
    public ReconcileTargetBuilder tokens(JobTokens tokens) {
        this.tokens = Objects.requireNonNull(tokens, "tokens");
        return this;
    }

    /** Which values are secret; {@link Masking#standard()} by default. */
    public ReconcileTargetBuilder masking(Masking masking) {
        this.masking = Objects.requireNonNull(masking, "masking");
        return this;
    }

    /** The time of spans and events; the system's clock by default. */
    public ReconcileTargetBuilder clock(InstantSource clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        return this;
    }

    /** How long one persist may take; {@link #DEFAULT_PERSIST_TIMEOUT} by default, more than zero. */
    public ReconcileTargetBuilder persistTimeout(Duration timeout) {
        this.persistTimeout = Arguments.positive("persistTimeout", timeout);
        return this;
    }

    /**
     * Tells this processor of every span that starts and ends, beside the store: a
     * {@code BatchSpanProcessor} with an OTLP exporter sends them to any back end. One processor may serve all
     * recorders; whoever made it shuts it down. May be called several times.
     */
    public ReconcileTargetBuilder spanProcessor(SpanProcessor processor) {
        processors.add(Objects.requireNonNull(processor, "processor"));
        return this;
    }

    /** Starts the trace: its root begins now. */
    public ReconcileTarget start() {
        return new ReconcileTarget(new Recording(new RecorderSettings(
                workspaceId,
                releaseTargetKey,
                trigger,
                releaseId,
                jobId,
                parent,
                tokens,
                masking,
                clock,
                store,
                persistTimeout,
                List.copyOf(processors))));
    }
}
