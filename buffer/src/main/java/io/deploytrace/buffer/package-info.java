/** A writer in front of another: it groups, retries and, where the store is away, keeps spans on disk. */
@NullMarked
package io.deploytrace.buffer;

import org.jspecify.annotations.NullMarked;
