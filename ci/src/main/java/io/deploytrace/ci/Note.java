package io.deploytrace.ci;

import java.time.Instant;

/**
 * Metadata that was added to a span.
 *
 * @param key its key, which is also the name of the event
 * @param value its value, masked where the key is that of a secret
 * @param time when it was added
 */
record Note(String key, String value, Instant time) {}
