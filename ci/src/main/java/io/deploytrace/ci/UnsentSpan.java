package io.deploytrace.ci;

/**
 * A span as the server has yet to be told of it.
 *
 * @param id 16 lower-case hex digits
 * @param message the span as an OTLP message in JSON
 */
record UnsentSpan(String id, String message) {}
