package io.deploytrace.recorder;

import io.deploytrace.span.Masking;
import io.deploytrace.store.SpanWriter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a {@link ReconcileTargetBuilder} was told, checked and sealed. */
record RecorderSettings(
        String workspaceId,
        String releaseTargetKey,
        @Nullable String trigger,
        @Nullable String releaseId,
        @Nullable String jobId,
        @Nullable JobReference parent,
        @Nullable JobTokens tokens,
        Masking masking,
        InstantSource clock,
        @Nullable SpanWriter store,
        Duration persistTimeout,
        List<SpanProcessor> processors) {}
