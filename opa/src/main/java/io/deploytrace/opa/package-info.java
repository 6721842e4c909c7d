/**
 * Records what Open Policy Agent decided, from its decision log, as evaluations. Begin with
 * {@link io.deploytrace.opa.OpaRecorder}.
 */
@NullMarked
package io.deploytrace.opa;

import org.jspecify.annotations.NullMarked;
