/** The contract that every store passes, traces to write, a clock to set and faults to provoke. */
@NullMarked
package io.deploytrace.testkit;

import org.jspecify.annotations.NullMarked;
