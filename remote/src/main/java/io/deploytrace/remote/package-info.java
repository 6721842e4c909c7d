/** Sends spans to a Deploytrace server over the OpenTelemetry protocol. */
@NullMarked
package io.deploytrace.remote;

import org.jspecify.annotations.NullMarked;
