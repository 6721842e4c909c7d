package io.deploytrace.cli;

import io.deploytrace.query.TraceNode;
import io.deploytrace.query.TraceTree;
import io.deploytrace.span.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Draws a tree of spans: a line for each, with its verdict, how long it took and why, and below it what else is known.
 */
final class TreeDrawing {

    /** Deeper nodes are drawn at this level, with their own in figures. */
    private static final int DEEPEST = 10;

    private static final int VERDICT_CELLS = 10;
    private static final int DURATION_CELLS = 12;

    /** A message column narrower than this isn't worth one: messages then stand on a line of their own. */
    private static final int NARROWEST_MESSAGE = 24;

    private static final int MOST_MESSAGE_LINES = 6;
    private static final int MOST_DETAIL_LINES = 3;

    private final Screen screen;
    private final Consumer<String> out;
    private final int nameCells;
    private final int messageCells;

    private TreeDrawing(List<Row> rows, Screen screen, Consumer<String> out) {
        this.screen = screen;
        this.out = out;
        var widest = rows.stream().mapToInt(row -> row.title.width()).max().orElse(0);
        nameCells = Math.min(widest, Math.max(24, (int) (screen.width() * 0.6)));
        var rest = screen.width() - nameCells - VERDICT_CELLS - DURATION_CELLS - 6;
        messageCells = rest < NARROWEST_MESSAGE ? 0 : rest;
    }

    /** One line of the tree: what comes before its own text, and before that of the lines below it. */
    private record Row(TraceNode node, StyledText title, StyledText below) {}

    static void draw(TraceTree tree, Screen screen, Consumer<String> out) {
        var rows = rows(tree, screen);
        var drawing = new TreeDrawing(rows, screen, out);
        rows.forEach(drawing::draw);
    }

    private static List<Row> rows(TraceTree tree, Screen screen) {
        var rows = new ArrayList<Row>();
        var last = new boolean[DEEPEST + 1];
        // Nodes come each before its children; whether one is its parent's last is known by what follows the parent.
        var lastChildren = new ArrayList<TraceNode>();
        for (var node : tree.nodes()) {
            var level = Math.min(node.level(), DEEPEST);
            while (lastChildren.size() > node.level()) {
                lastChildren.remove(lastChildren.size() - 1);
            }
            last[level] = node.level() > 0 && lastChildren.get(node.level() - 1) == node;
            lastChildren.add(node.children().isEmpty() ? node : lastOf(node.children()));
            rows.add(row(node, level, last, screen.glyphs()));
        }
        return rows;
    }

    private static TraceNode lastOf(List<TraceNode> nodes) {
        return nodes.get(nodes.size() - 1);
    }

    private static Row row(TraceNode node, int level, boolean[] last, Glyphs glyphs) {
        var lead = new StringBuilder();
        for (var above = 1; above < level; above++) {
            lead.append(last[above] ? "   " : glyphs.trunk);
        }
        var own = level == 0 ? "" : last[level] ? glyphs.lastBranch : glyphs.branch;
        var below = lead
                + (level == 0 ? "" : last[level] ? "   " : glyphs.trunk)
                + (node.children().isEmpty() ? "   " : glyphs.trunk);
        var span = node.span();
        var title = StyledText.of(Hue.FAINT, lead + own)
                .plus(Hue.ofStatus(span.status()), glyphs.ofStatus(span.status()) + " ")
                .plus(node.placement() == TraceNode.Placement.LINKED ? glyphs.linked : "")
                .plus(Hue.FAINT, node.level() > DEEPEST ? node.level() + ": " : "")
                .plus(level == 0 ? Hue.STRONG : Hue.PLAIN, span.name());
        return new Row(node, title, StyledText.of(Hue.FAINT, below));
    }

    private static StyledText remark(TraceNode node) {
        return switch (node.placement()) {
            case ORPHAN ->
                StyledText.of(Hue.WAITING, "its parent " + node.span().parentSpanId() + " is missing");
            case CIRCLE -> StyledText.of(Hue.WAITING, "its parents lead back to itself");
            case ROOT, CHILD, LINKED -> StyledText.EMPTY;
        };
    }

    private void draw(Row row) {
        var span = row.node.span();
        var hue = Hue.ofStatus(span.status());
        var line = screen.cut(row.title, nameCells)
                .at(nameCells + 2, screen.cut(StyledText.of(hue, SpanWords.verdict(span)), VERDICT_CELLS))
                .at(nameCells + 3 + VERDICT_CELLS, StyledText.of(Hue.FAINT, SpanWords.duration(span, screen.now())));
        var message = StyledText.of(SpanWords.message(span));
        if (messageCells == 0 || message.isEmpty()) {
            print(line);
            lines(message, Math.max(NARROWEST_MESSAGE, screen.width() - row.below.width()), MOST_MESSAGE_LINES)
                    .forEach(part -> printBelow(row, part));
        } else {
            drawBeside(row, line, message);
        }
        drawDetails(row, span);
    }

    private void drawBeside(Row row, StyledText line, StyledText message) {
        var column = screen.width() - messageCells;
        var unlimited = screen.width() == Screen.UNLIMITED;
        var start = unlimited ? nameCells + VERDICT_CELLS + DURATION_CELLS + 6 : column;
        var parts = lines(message, unlimited ? Screen.UNLIMITED : messageCells, MOST_MESSAGE_LINES);
        print(line.at(start, parts.get(0)));
        for (var part : parts.subList(1, parts.size())) {
            print(row.below.at(start, part));
        }
    }

    private void drawDetails(Row row, Span span) {
        printBelow(row, remark(row.node));
        var details = String.join(screen.glyphs().separator, SpanWords.details(span, screen.now()));
        var cells = Math.max(NARROWEST_MESSAGE, screen.width() - row.below.width());
        lines(StyledText.of(Hue.FAINT, details), cells, MOST_DETAIL_LINES).forEach(line -> printBelow(row, line));
    }

    /** The text in lines; beyond so many, the last one ends with an ellipsis. */
    private List<StyledText> lines(StyledText text, int cells, int most) {
        var lines = text.wrap(cells);
        if (lines.size() <= most) {
            return lines;
        }
        var kept = new ArrayList<>(lines.subList(0, most));
        kept.set(most - 1, screen.cut(lines.get(most - 1).plus(lines.get(most)), cells));
        return kept;
    }

    private void printBelow(Row row, StyledText text) {
        if (!text.isEmpty()) {
            print(row.below.plus(text));
        }
    }

    private void print(StyledText line) {
        out.accept(screen.line(line));
    }
}
