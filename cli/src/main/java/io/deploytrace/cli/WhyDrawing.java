package io.deploytrace.cli;

import io.deploytrace.query.Outcome;
import java.util.List;
import java.util.function.Consumer;

/** Prints an answer: its first line in the hue of the outcome, all of them within the width. */
final class WhyDrawing {

    private WhyDrawing() {}

    static void draw(List<String> answer, Outcome outcome, Screen screen, Consumer<String> out) {
        var hue = Hue.of(outcome);
        for (var line : answer) {
            StyledText.of(hue, line).wrap(screen.width()).forEach(part -> out.accept(screen.line(part)));
            hue = Hue.PLAIN;
        }
    }
}
