package io.deploytrace.recorder;

import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.vocabulary.AttributeKeys;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the spans of an OpenTelemetry SDK to a store, for applications that make deployment spans themselves, with the
 * attributes of {@link AttributeKeys}.
 *
 * <p>Spans without {@link AttributeKeys#WORKSPACE_ID} aren't deployment spans and are left out, so that the exporter may stand
 * beside others in an application that also traces its requests. One call of {@link #export} is one write: all of its
 * deployment spans are stored, or none and its result is a failure, which is logged. Texts that no store can hold are
 * changed as the recorder changes them.
 *
 * <p>Safe for use by several threads. It doesn't close the store.
 */
public final class SpanWriterExporter implements SpanExporter {

    private static final Logger LOG = LoggerFactory.getLogger(SpanWriterExporter.class);

    private static final AttributeKey<String> WORKSPACE_ID = AttributeKey.stringKey(AttributeKeys.WORKSPACE_ID);

    private final SpanWriter store;
    private final Duration timeout;
    private volatile boolean shutdown;

    private SpanWriterExporter(SpanWriter store, Duration timeout) {
        this.store = store;
        this.timeout = timeout;
    }

    /** An exporter to the store, each of whose writes may take {@link ReconcileTargetBuilder#DEFAULT_PERSIST_TIMEOUT}. */
    public static SpanWriterExporter create(SpanWriter store) {
        return create(store, ReconcileTargetBuilder.DEFAULT_PERSIST_TIMEOUT);
    }

    /** An exporter to the store, each of whose writes may take so long, more than zero. */
    public static SpanWriterExporter create(SpanWriter store, Duration timeout) {
        Objects.requireNonNull(store, "store");
        return new SpanWriterExporter(store, Arguments.positive("timeout", timeout));
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        if (shutdown) {
            return CompletableResultCode.ofFailure();
        }
        var converted = new ArrayList<Span>(spans.size());
        for (var span : spans) {
            if (span.getAttributes().get(WORKSPACE_ID) != null) {
                converted.add(StorableSpan.of(SpanConversion.convert(span), LOG::warn));
            }
        }
        try {
            store.write(converted, Deadline.after(timeout));
            return CompletableResultCode.ofSuccess();
        } catch (RuntimeException e) {
            LOG.warn("{} deployment spans were not written.", converted.size(), e);
            return CompletableResultCode.ofExceptionalFailure(e);
        }
    }

    /** Succeeds at once: nothing is kept back. */
    @Override
    public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
    }

    /** Refuses further spans. */
    @Override
    public CompletableResultCode shutdown() {
        shutdown = true;
        return CompletableResultCode.ofSuccess();
    }
}
