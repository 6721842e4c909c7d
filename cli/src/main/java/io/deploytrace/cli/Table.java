package io.deploytrace.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Lines in columns, as wide as their content. Where they don't fit, the columns that may shrink are cut with an
 * ellipsis, the widest first.
 */
final class Table {

    private static final int GAP = 2;

    private final List<Column> columns;
    private final List<List<StyledText>> rows = new ArrayList<>();

    /**
     * A column.
     *
     * @param heading printed above it; empty columns are left out together with their heading
     * @param narrowest the cells below which it isn't cut; {@link Screen#UNLIMITED} for one that is never cut
     */
    record Column(String heading, int narrowest) {

        static Column fixed(String heading) {
            return new Column(heading, Screen.UNLIMITED);
        }
    }

    Table(Column... columns) {
        this.columns = List.of(columns);
        rows.add(this.columns.stream()
                .map(column -> StyledText.of(Hue.FAINT, column.heading))
                .toList());
    }

    void add(StyledText... cells) {
        rows.add(List.of(cells));
    }

    /** The lines, the headings first, without trailing spaces. */
    List<String> lines(Screen screen) {
        var used = IntStream.range(0, columns.size()).filter(this::isUsed).toArray();
        var widths = new int[columns.size()];
        for (var index : used) {
            var content =
                    rows.stream().mapToInt(row -> row.get(index).width()).max().orElse(0);
            widths[index] = Math.min(content, screen.width());
        }
        shrink(used, widths, screen.width());
        return rows.stream().map(row -> line(row, used, widths, screen)).toList();
    }

    private boolean isUsed(int column) {
        return rows.stream().skip(1).anyMatch(row -> !row.get(column).isEmpty());
    }

    private void shrink(int[] used, int[] widths, int width) {
        var excess = IntStream.of(used).mapToLong(index -> widths[index] + GAP).sum() - GAP - width;
        while (excess > 0) {
            var widest = IntStream.of(used)
                    .filter(index -> widths[index] > columns.get(index).narrowest)
                    .reduce((a, b) -> widths[b] > widths[a] ? b : a);
            if (widest.isEmpty()) {
                return;
            }
            widths[widest.getAsInt()]--;
            excess--;
        }
    }

    private static String line(List<StyledText> row, int[] used, int[] widths, Screen screen) {
        var line = StyledText.EMPTY;
        var column = 0;
        for (var index : used) {
            line = line.at(column, screen.cut(row.get(index), widths[index]));
            column += widths[index] + GAP;
        }
        return screen.line(line);
    }
}
