/** Uses the page as people do: in a browser, on the data of the demonstration. */
@org.jspecify.annotations.NullMarked
package io.deploytrace.browser;
