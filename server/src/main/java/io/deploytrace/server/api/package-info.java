/** The query API: from parameters to JSON, without the server around it. */
@NullMarked
package io.deploytrace.server.api;

import org.jspecify.annotations.NullMarked;
