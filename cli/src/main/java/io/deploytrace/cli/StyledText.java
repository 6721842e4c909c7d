package io.deploytrace.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Text in several hues, on one line. All text passes {@link CleanText} on its way in, so that whatever is printed
 * through this class is safe for a terminal. Immutable.
 */
final class StyledText {

    static final StyledText EMPTY = new StyledText(List.of());

    private final List<Part> parts;

    private StyledText(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    private record Part(Hue hue, String text) {}

    static StyledText of(String text) {
        return of(Hue.PLAIN, text);
    }

    static StyledText of(Hue hue, String text) {
        return text.isEmpty() ? EMPTY : new StyledText(List.of(new Part(hue, CleanText.clean(text))));
    }

    StyledText plus(StyledText other) {
        var all = new ArrayList<>(parts);
        all.addAll(other.parts);
        return new StyledText(all);
    }

    StyledText plus(String text) {
        return plus(of(text));
    }

    StyledText plus(Hue hue, String text) {
        return plus(of(hue, text));
    }

    /** The other text from the column on; nothing follows this one if the other is empty. */
    StyledText at(int column, StyledText other) {
        return other.isEmpty() ? this : padTo(column).plus(other);
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** The cells it takes. */
    int width() {
        return parts.stream().mapToInt(part -> CharacterWidth.of(part.text)).sum();
    }

    /** The text itself if it fits, else as much of it as fits with the ellipsis after it. */
    StyledText truncate(int cells, String ellipsis) {
        if (width() <= cells) {
            return this;
        }
        var sign = CharacterWidth.of(ellipsis) < cells ? ellipsis : "";
        var left = cells - CharacterWidth.of(sign);
        var kept = new ArrayList<Part>();
        for (var part : parts) {
            var text = left > 0 ? CleanText.fit(part.text, left) : "";
            kept.add(new Part(part.hue, text.length() < part.text.length() ? text + sign : text));
            if (text.length() < part.text.length()) {
                break;
            }
            left -= CharacterWidth.of(text);
        }
        return new StyledText(kept);
    }

    /** The text followed by as many spaces as it falls short of the cells. */
    StyledText padTo(int cells) {
        var missing = cells - width();
        return missing > 0 ? plus(" ".repeat(missing)) : this;
    }

    /** The same in lines of at most so many cells; text of several hues is broken within the last of them alone. */
    List<StyledText> wrap(int cells) {
        if (width() <= cells || parts.size() != 1) {
            return List.of(this);
        }
        var only = parts.get(0);
        return CleanText.wrap(only.text, cells).stream()
                .map(line -> new StyledText(List.of(new Part(only.hue, line))))
                .toList();
    }

    /** What to print. */
    String render(boolean colour) {
        var line = new StringBuilder();
        for (var part : parts) {
            line.append(colour && !part.text.isEmpty() ? part.hue.paint(part.text) : part.text);
        }
        return line.toString();
    }

    @Override
    public String toString() {
        return render(false);
    }
}
