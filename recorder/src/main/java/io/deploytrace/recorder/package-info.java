/**
 * What a deployment controller embeds to record its decisions. Begin with
 * {@link io.deploytrace.recorder.ReconcileTarget}.
 */
@NullMarked
package io.deploytrace.recorder;

import org.jspecify.annotations.NullMarked;
