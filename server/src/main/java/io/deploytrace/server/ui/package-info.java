/** The web page that the server shows to people, and the files it is made of. */
@NullMarked
package io.deploytrace.server.ui;

import org.jspecify.annotations.NullMarked;
