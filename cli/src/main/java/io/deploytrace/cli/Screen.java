package io.deploytrace.cli;

import java.time.Instant;

/**
 * What output is drawn for.
 *
 * @param width its cells; {@link #UNLIMITED} when nobody looks at it directly, as in a pipe
 * @param colour whether hues are printed
 * @param glyphs the signs to draw with
 * @param now the time that ages are counted from
 */
record Screen(int width, boolean colour, Glyphs glyphs, Instant now) {

    static final int UNLIMITED = 1_000_000_000;

    /** The narrowest width that output is laid out for; lines may be longer than a terminal narrower than this. */
    static final int NARROWEST = 40;

    Screen {
        width = Math.max(NARROWEST, width);
    }

    /** Standard output. What goes into a pipe or file is cut nowhere, unless COLUMNS asks for it. */
    static Screen of(Environment environment) {
        var terminal = environment.terminal();
        var limited = terminal.output() || environment.variable("COLUMNS").isPresent();
        return new Screen(
                limited ? terminal.width() : UNLIMITED,
                terminal.colour(),
                Glyphs.of(environment.variables()),
                environment.clock().instant());
    }

    /** The text as it is printed. */
    String line(StyledText text) {
        return text.render(colour);
    }

    /** The text, cut to the cells. */
    StyledText cut(StyledText text, int cells) {
        return text.truncate(cells, glyphs.ellipsis);
    }
}
