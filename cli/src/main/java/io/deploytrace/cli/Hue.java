package io.deploytrace.cli;

import io.deploytrace.query.Outcome;
import org.jspecify.annotations.Nullable;

/** A way to print text, named by what it tells. Colour only repeats what a word says already. */
enum Hue {
    PLAIN(""),
    STRONG("1"),
    FAINT("2"),
    GOOD("32"),
    BAD("31"),
    FORBIDDEN("35"),
    WAITING("33"),
    BUSY("36");

    /** The parameters of ANSI's Select Graphic Rendition. */
    private final String parameters;

    Hue(String parameters) {
        this.parameters = parameters;
    }

    /** The text between the escapes that switch the hue on and off; PLAIN as it is. */
    String paint(String text) {
        return this == PLAIN ? text : "\u001b[" + parameters + "m" + text + "\u001b[0m";
    }

    static Hue of(Outcome outcome) {
        return switch (outcome) {
            case DEPLOYED -> GOOD;
            case FAILED -> BAD;
            case BLOCKED, INELIGIBLE -> FORBIDDEN;
            case WAITING -> WAITING;
            case RUNNING -> BUSY;
            case SKIPPED -> FAINT;
        };
    }

    /** The hue of a span's status; PLAIN for a word that the vocabulary doesn't know. */
    static Hue ofStatus(@Nullable String status) {
        return switch (status == null ? "" : status) {
            case "allowed", "completed" -> GOOD;
            case "failed" -> BAD;
            case "blocked" -> FORBIDDEN;
            case "pending" -> WAITING;
            case "running" -> BUSY;
            case "skipped" -> FAINT;
            default -> PLAIN;
        };
    }
}
