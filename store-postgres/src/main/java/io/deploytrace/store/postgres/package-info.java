/** The PostgreSQL store and its schema. */
@NullMarked
package io.deploytrace.store.postgres;

import org.jspecify.annotations.NullMarked;
