/** Takes spans over the OpenTelemetry protocol, from senders with a key and from jobs with a token, and stores them. */
@NullMarked
package io.deploytrace.server.ingest;

import org.jspecify.annotations.NullMarked;
