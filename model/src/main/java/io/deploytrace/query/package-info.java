/** Answers computed from spans: pure functions without input or output. */
@NullMarked
package io.deploytrace.query;

import org.jspecify.annotations.NullMarked;
