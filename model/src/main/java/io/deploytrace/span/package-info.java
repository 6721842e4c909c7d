/** Immutable records of what was recorded. */
@NullMarked
package io.deploytrace.span;

import org.jspecify.annotations.NullMarked;
