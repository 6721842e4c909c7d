package io.deploytrace.server.ingest;

import io.deploytrace.store.WriteResult;

/**
 * What became of a request, once all that it says is committed.
 *
 * @param result the spans that were stored; not null
 * @param rejected how many spans were not, and never will be if they are sent again
 * @param message what was rejected and why, for the sender to read; empty if nothing was
 */
public record IngestAnswer(WriteResult result, int rejected, String message) {}
