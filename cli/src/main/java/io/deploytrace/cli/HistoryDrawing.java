package io.deploytrace.cli;

import io.deploytrace.query.History;
import java.util.function.Consumer;

/** Prints a history: each line in the hue of its outcome, all of them within the width. */
final class HistoryDrawing {

    private HistoryDrawing() {}

    static void draw(History history, Screen screen, Consumer<String> out) {
        var sentences = history.lines(screen.now());
        var before = sentences.size() - history.lines().size();
        for (var i = 0; i < sentences.size(); i++) {
            var hue = i < before
                    ? Hue.PLAIN
                    : Hue.of(history.lines().get(i - before).newest().outcome());
            StyledText.of(hue, sentences.get(i)).wrap(screen.width()).forEach(part -> out.accept(screen.line(part)));
        }
    }
}
