/** The JSON of traces, spans and answers: the same in the program and over HTTP. */
@NullMarked
package io.deploytrace.json;

import org.jspecify.annotations.NullMarked;
