package io.deploytrace.recorder;

import io.deploytrace.span.Span;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.store.WriteResult;
import io.deploytrace.vocabulary.NodeType;
import io.deploytrace.vocabulary.Phase;
import io.deploytrace.vocabulary.SpanNames;
import io.deploytrace.vocabulary.Status;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records one reconciliation: why a release is, or is not, deployed to a target. One recorder is one trace, which
 * begins with {@link ReconcileTargetBuilder#start()}, ends with {@link #complete(Status)} and is written by
 * {@link #persist()}.
 *
 * <p>Recording never throws into the deployment. A wrong call after the start, such as a null argument or a phase started
 * after {@link #complete(Status)}, is logged, the first time of a trace as a warning, and does nothing else. Only
 * {@link #persist()} throws, and says so.
 *
 * <p>Safe for use by several threads. A recorder holds no thread, timer or connection: one that is abandoned costs nothing but
 * its spans.
 */
public final class ReconcileTarget implements AutoCloseable {

    private final Recording recording;
    private final RecordedSpan root;
    private final Persistence persistence;

    ReconcileTarget(Recording recording) {
        this.recording = recording;
        this.root = recording.startRoot(SpanStart.root(recording.settings().trigger()));
        this.persistence = new Persistence(recording);
    }

    /**
     * Begins a recorder.
     *
     * @param workspaceId the workspace (tenant), a UUID
     * @param releaseTargetKey what is deployed to, an opaque name such as {@code api-service-production}; 1 to 512 characters
     * @throws IllegalArgumentException if an argument isn't so; the message names it
     */
    public static ReconcileTargetBuilder builder(String workspaceId, String releaseTargetKey) {
        return new ReconcileTargetBuilder(workspaceId, releaseTargetKey, null);
    }

    /**
     * Begins a recorder for what happens within a job: a trace of its own, whose workspace, release target, job and
     * release are the job's, and whose {@code parent_trace_id} is the trace in which the job was triggered.
     *
     * @param job from {@link JobTokens#verify}, or from {@link JobTokens#read} in the program that was given the token
     * @throws IllegalArgumentException if the job names no release target
     */
    public static ReconcileTargetBuilder builder(JobReference job) {
        if (job.releaseTargetKey() == null) {
            throw new IllegalArgumentException(
                    "releaseTargetKey is missing in the job; use builder(workspaceId, releaseTargetKey)");
        }
        var builder = new ReconcileTargetBuilder(job.workspaceId(), job.releaseTargetKey(), job).jobId(job.jobId());
        return job.releaseId() == null ? builder : builder.releaseId(job.releaseId());
    }

    /** The id of the trace: 32 lower-case hex digits. Ids order by the millisecond in which their traces began. */
    public String traceId() {
        return recording.traceId();
    }

    /** Starts the planning phase. */
    public PlanningPhase startPlanning() {
        return new PlanningPhase(startPhase(SpanNames.PLANNING, Phase.PLANNING));
    }

    /** Starts the eligibility phase. */
    public EligibilityPhase startEligibility() {
        return new EligibilityPhase(startPhase(SpanNames.ELIGIBILITY, Phase.ELIGIBILITY));
    }

    /** Starts the execution phase. */
    public ExecutionPhase startExecution() {
        return new ExecutionPhase(startPhase(SpanNames.EXECUTION, Phase.EXECUTION));
    }

    /**
     * Starts an action around the deployment.
     *
     * @param name what is done, such as {@code Verification}
     */
    public Action startAction(String name) {
        return Action.start(recording, root, Phase.ACTION, name);
    }

    /** Sets the release that is to be deployed, once it is known. Spans that are open and those started later carry it. */
    public ReconcileTarget setReleaseId(String releaseId) {
        if (!recording.misuse().isBlank("setReleaseId", "releaseId", releaseId)) {
            recording.setReleaseId(releaseId);
        }
        return this;
    }

    /** Adds an event to the root; see {@link Node#addMetadata(String, Object)}. */
    public ReconcileTarget addMetadata(String key, Object value) {
        Notes.addMetadata(root, key, value);
        return this;
    }

    /** Adds an event with several attributes to the root; see {@link Node#addMetadata(String, Map)}. */
    public ReconcileTarget addMetadata(String name, Map<String, ?> attributes) {
        Notes.addMetadata(root, name, attributes);
        return this;
    }

    /** Sets an attribute of the root; see {@link Node#setAttribute(String, Object)}. */
    public ReconcileTarget setAttribute(String key, Object value) {
        Notes.setAttribute(root, key, value);
        return this;
    }

    /** Adds an event {@code exception} to the root. What the root ends as is what {@link #complete(Status)} says. */
    public ReconcileTarget recordException(Throwable exception) {
        Notes.recordException(root, exception);
        return this;
    }

    /**
     * Ends the trace. What is still open ends first, each node as if {@link Node#end()} had been called. Completing again
     * changes nothing.
     *
     * @param status what became of the reconciliation; not {@link Status#RUNNING}
     */
    public void complete(Status status) {
        if (recording.misuse().isNull("complete", "status", status)) {
            return;
        }
        if (status == Status.RUNNING) {
            recording.misuse().report("complete was called with RUNNING, which is no end, and did nothing.");
            return;
        }
        recording.complete(status);
    }

    /**
     * The spans as they stand, in the order they were started, as a store would be given them. Those still open have no
     * end time. A snapshot: it doesn't change.
     */
    public List<Span> spans() {
        return recording.spans();
    }

    /**
     * Writes the spans, all or none, to the store of {@link ReconcileTargetBuilder#store}. May be called at any time
     * and again: open spans are written as they stand, and a later call completes them.
     *
     * @return how many spans were new, completed, or there already
     * @throws SpanStoreException if nothing was written; it says why, and whether trying again can help
     * @throws IllegalStateException if the recorder was started without a store
     */
    public WriteResult persist() {
        return persistence.persist();
    }

    /**
     * Writes the spans, all or none, to this store; otherwise as {@link #persist()}.
     *
     * @throws SpanStoreException if nothing was written
     * @throws IllegalStateException if the store is null
     */
    public WriteResult persist(@Nullable SpanWriter store) {
        return persistence.persist(store);
    }

    /**
     * Completes the trace as {@link Status#FAILED} if it isn't complete, and writes it to the builder's store, if there is
     * one and it doesn't hold the complete trace yet. A store that fails is logged and counted
     * ({@link #failuresOnClose()}), never thrown: it must not hide the deployment's own exception.
     */
    @Override
    public void close() {
        recording.complete(Status.FAILED);
        persistence.persistOnClose();
    }

    /** How many traces {@link #close()} could not write in this process since it started, for a metric to read. */
    public static long failuresOnClose() {
        return Persistence.failuresOnClose();
    }

    private RecordedSpan startPhase(String name, Phase phase) {
        return recording.start(root, SpanStart.running(name, phase, NodeType.PHASE, Status.COMPLETED));
    }
}
