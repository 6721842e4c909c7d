/** A PostgreSQL of its user's own: durable, private, shared by the programs that run at once. */
@NullMarked
package io.deploytrace.embedded.postgres;

import org.jspecify.annotations.NullMarked;
