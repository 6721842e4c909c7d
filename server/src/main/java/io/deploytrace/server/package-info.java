/** The server: its settings, who may do what, and how it is put together. */
@NullMarked
package io.deploytrace.server;

import org.jspecify.annotations.NullMarked;
