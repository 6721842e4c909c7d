package io.deploytrace.cli;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The signs that output is drawn with: Unicode's where the terminal's locale has them, ASCII's elsewhere. */
enum Glyphs {
    UNICODE("├─ ", "└─ ", "│  ", "…", " · ", "✓", "✕", "○", "▸", "–", "↳ "),
    ASCII("|- ", "`- ", "|  ", "...", " - ", "+", "x", "o", ">", "-", "-> ");

    final String branch;
    final String lastBranch;
    final String trunk;
    final String ellipsis;
    final String separator;
    final String good;
    final String bad;
    final String waiting;
    final String busy;
    final String skipped;
    final String linked;

    Glyphs(String... signs) {
        branch = signs[0];
        lastBranch = signs[1];
        trunk = signs[2];
        ellipsis = signs[3];
        separator = signs[4];
        good = signs[5];
        bad = signs[6];
        waiting = signs[7];
        busy = signs[8];
        skipped = signs[9];
        linked = signs[10];
    }

    /**
     * The signs for the locale that the environment variables name, as POSIX reads them. Where they name none, as in
     * most containers, terminals speak UTF-8 all the same.
     */
    static Glyphs of(Map<String, String> variables) {
        return Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .map(name -> variables.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .filter(locale -> !isUtf8(locale))
                .map(locale -> ASCII)
                .orElse(UNICODE);
    }

    private static boolean isUtf8(String locale) {
        return locale.toLowerCase(Locale.ROOT).replace("-", "").contains("utf8");
    }

    /** The sign of a span's status; one space for a word that the vocabulary doesn't know. */
    String ofStatus(@Nullable String status) {
        return switch (status == null ? "" : status) {
            case "allowed", "completed" -> good;
            case "failed", "blocked" -> bad;
            case "pending" -> waiting;
            case "running" -> busy;
            case "skipped" -> skipped;
            default -> " ";
        };
    }
}
