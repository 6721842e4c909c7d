package io.deploytrace.recorder;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.store.SpanBatch;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All spans of one trace. One lock, this object's, guards it and its spans, so that sequence and start times agree and nothing
 * changes once it is complete. Values are converted, and processors called, outside of the lock.
 */
final class Recording {

    private static final Logger LOG = LoggerFactory.getLogger(ReconcileTarget.class);

    private final RecorderSettings settings;
    private final RecorderClock clock;
    private final TraceIdentifiers identifiers;
    private final Misuse misuse;
    private final Processors processors;
    private final RecordedValues values;
    private final List<RecordedSpan> spans = new ArrayList<>();
    private final AtomicBoolean textWarned = new AtomicBoolean();
    private @Nullable String releaseId;
    private @Nullable String jobId;
    private boolean complete;

    Recording(RecorderSettings settings) {
        this.settings = settings;
        this.clock = new RecorderClock(settings.clock());
        this.identifiers = new TraceIdentifiers(TimeUnit.NANOSECONDS.toMillis(clock.now()));
        this.misuse = new Misuse(identifiers.traceId());
        this.processors = new Processors(settings.processors(), misuse);
        this.values = new RecordedValues(settings.masking());
        this.releaseId = settings.releaseId();
        this.jobId = settings.jobId();
    }

    RecorderSettings settings() {
        return settings;
    }

    TraceIdentifiers identifiers() {
        return identifiers;
    }

    String traceId() {
        return identifiers.traceId();
    }

    Misuse misuse() {
        return misuse;
    }

    Processors processors() {
        return processors;
    }

    RecordedValues values() {
        return values;
    }

    /** The time for the next thing to record; the caller holds the lock. */
    long now() {
        return clock.now();
    }

    RecordedSpan startRoot(SpanStart start) {
        RecordedSpan root;
        synchronized (this) {
            root = startHeld(null, start);
        }
        root.notifyStarted(null);
        return root;
    }

    RecordedSpan start(RecordedSpan parent, SpanStart start) {
        return start(parent, start, null);
    }

    /** Starts a span; with a job's id, the span is the job and later spans carry the id. */
    RecordedSpan start(RecordedSpan parent, SpanStart start, @Nullable String newJobId) {
        var span = startUnlessComplete(parent, start, newJobId);
        if (span == null) {
            misuse.report("'" + start.name() + "' was started after complete() and is not recorded.");
            return RecordedSpan.unrecorded(this, parent);
        }
        if (!parent.isOpen()) {
            misuse.report("'" + start.name() + "' was started under a span that has ended; it is recorded.");
        }
        span.notifyStarted(parent);
        return span;
    }

    private synchronized @Nullable RecordedSpan startUnlessComplete(
            RecordedSpan parent, SpanStart start, @Nullable String newJobId) {
        if (complete) {
            return null;
        }
        if (newJobId != null) {
            enterJob(newJobId);
        }
        return startHeld(parent, start);
    }

    /** Later spans carry the id of the latest job, the root that of the first. */
    private void enterJob(String newJobId) {
        if (jobId == null) {
            spans.get(0).setIfOpen(AttributeKeys.JOB_ID, newJobId);
        }
        jobId = newJobId;
    }

    private RecordedSpan startHeld(@Nullable RecordedSpan parent, SpanStart start) {
        var depth = parent == null ? 0 : parent.depth() + 1;
        var content = content(parent == null ? null : parent.recorded(), start.name());
        content.set(AttributeKeys.WORKSPACE_ID, settings.workspaceId());
        content.set(AttributeKeys.RELEASE_TARGET_KEY, settings.releaseTargetKey());
        content.set(AttributeKeys.PHASE, start.phase().value());
        content.set(AttributeKeys.NODE_TYPE, start.nodeType().value());
        content.set(AttributeKeys.STATUS, start.status().value());
        content.set(AttributeKeys.DEPTH, (long) depth);
        content.set(AttributeKeys.SEQUENCE, (long) spans.size());
        setReferences(content);
        content.set(start.attributes());
        var span = RecordedSpan.of(this, depth, content, start.endStatus());
        spans.add(span);
        return span;
    }

    /** An OpenTelemetry span where someone is to be told of it; the model's otherwise, which costs half. */
    private SpanContent content(@Nullable SpanContent parent, String name) {
        return processors.areNone()
                ? new ModelSpan(identifiers, parent == null ? null : parent.spanId(), name, now())
                : OtelSpan.start(parent, name, this);
    }

    private void setReferences(SpanContent content) {
        if (releaseId != null) {
            content.set(AttributeKeys.RELEASE_ID, releaseId);
        }
        if (jobId != null) {
            content.set(AttributeKeys.JOB_ID, jobId);
        }
        if (settings.parent() != null) {
            content.set(AttributeKeys.PARENT_TRACE_ID, settings.parent().traceId());
        }
    }

    /** The release that open and later spans carry. */
    void setReleaseId(String id) {
        synchronized (this) {
            if (!complete) {
                releaseId = id;
                spans.forEach(span -> span.setIfOpen(AttributeKeys.RELEASE_ID, id));
                return;
            }
        }
        misuse.report("The release id '" + id + "' was set after complete() and is lost.");
    }

    synchronized @Nullable String releaseId() {
        return releaseId;
    }

    /** The id as the columns of a store will hold it. */
    String storableId(String what, String id) {
        return new StorableText(this::warnOfText).of(what, id, SpanBatch.MAXIMUM_COLUMN_LENGTH);
    }

    synchronized boolean isComplete() {
        return complete;
    }

    /** Ends what is open, the innermost first and the root last. */
    void complete(Status rootStatus) {
        endAll(rootStatus).forEach(RecordedSpan::notifyEnded);
    }

    private synchronized List<RecordedSpan> endAll(Status rootStatus) {
        if (complete) {
            return List.of();
        }
        complete = true;
        spans.get(0).decideHeld(rootStatus);
        var ended = new ArrayList<RecordedSpan>();
        for (int i = spans.size() - 1; i >= 0; i--) {
            if (spans.get(i).endHeld()) {
                ended.add(spans.get(i));
            }
        }
        return ended;
    }

    /** All spans as they stand, in the order they were started. */
    List<Span> spans() {
        var snapshots = new ArrayList<RecordedSpan.Snapshot>();
        synchronized (this) {
            spans.forEach(span -> snapshots.add(span.snapshotHeld()));
        }
        return snapshots.stream()
                .map(snapshot -> snapshot.storable(this::warnOfText))
                .toList();
    }

    /** The value as it is recorded, or null after reporting one that can't be read. */
    @Nullable Object convert(String key, Object value) {
        try {
            return values.value(key, value);
        } catch (RuntimeException | StackOverflowError e) {
            reportUnreadable(key, e);
            return null;
        }
    }

    /** The attributes of the values, or null after reporting a value that can't be read, as a list within itself. */
    @Nullable Attributes convert(String what, Supplier<Attributes> attributes) {
        try {
            return attributes.get();
        } catch (RuntimeException | StackOverflowError e) {
            reportUnreadable(what, e);
            return null;
        }
    }

    private void reportUnreadable(String what, Throwable cause) {
        misuse.report("The value of '" + what + "' can't be read and is lost.", cause);
    }

    private void warnOfText(String warning) {
        if (textWarned.compareAndSet(false, true)) {
            LOG.warn("{} Further texts of trace {} that are changed are logged at debug level.", warning, traceId());
        } else {
            LOG.debug("{} (trace {})", warning, traceId());
        }
    }
}
