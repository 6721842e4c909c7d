/** Measures what Deploytrace costs, each figure beside a baseline of the same run. */
@NullMarked
package io.deploytrace.benchmarks;

import org.jspecify.annotations.NullMarked;
