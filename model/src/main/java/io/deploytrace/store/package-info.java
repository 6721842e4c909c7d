/** The interfaces of a store, what they promise, and a bounded store in memory. */
@NullMarked
package io.deploytrace.store;

import org.jspecify.annotations.NullMarked;
