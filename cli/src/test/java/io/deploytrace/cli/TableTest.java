package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TableTest {

    private static final Instant NOW = Instant.parse("2026-11-22T14:30:00Z");

    private final Table table =
            new Table(Table.Column.fixed("AGE"), new Table.Column("TARGET", 8), new Table.Column("CAUSE", 8));

    @Test
    void lines_unlimited_showEverything() {
        table.add(StyledText.of("2 h"), StyledText.of("api-service-production"), StyledText.of("1 of 2 approvals"));

        assertThat(table.lines(screen(Screen.UNLIMITED)))
                .containsExactly("AGE  TARGET                  CAUSE", "2 h  api-service-production  1 of 2 approvals");
    }

    @Test
    void lines_narrow_cutTheWidestFirst() {
        table.add(StyledText.of("2 h"), StyledText.of("a".repeat(40)), StyledText.of("1 of 2 approvals"));

        assertThat(table.lines(screen(40)))
                .containsExactly("AGE  TARGET             CAUSE", "2 h  " + "a".repeat(16) + "…  1 of 2 approvals");
        assertThat(table.lines(screen(40))).allMatch(line -> CharacterWidth.of(line) <= 40);
    }

    @Test
    void lines_emptyColumn_isLeftOut() {
        table.add(StyledText.of("2 h"), StyledText.EMPTY, StyledText.of("why"));

        assertThat(table.lines(screen(80))).containsExactly("AGE  CAUSE", "2 h  why");
    }

    @Test
    void lines_hugeCell_staysWithinTheWidth() {
        table.add(StyledText.of("2 h"), StyledText.of("x".repeat(5_000_000)), StyledText.of("数".repeat(100)));

        assertThat(table.lines(screen(80))).allMatch(line -> CharacterWidth.of(line) <= 80);
    }

    private static Screen screen(int width) {
        return new Screen(width, false, Glyphs.UNICODE, NOW);
    }
}
