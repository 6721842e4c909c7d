package io.deploytrace.cli;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A file of settings, in the format of Java's properties, in UTF-8. Unlike {@link Properties} it knows the line of each, and takes none
 * twice.
 *
 * @param path where it was read
 * @param entries the settings by their keys, in the file's order
 */
record ConfigurationFile(Path path, Map<String, Entry> entries) {

    /**
     * A setting.
     *
     * @param value its text, not empty
     * @param line the line where it begins, from 1
     */
    record Entry(String value, int line) {}

    /**
     * Reads a file.
     *
     * @throws ProgramException if it can't be read, or a line of it isn't a setting; the message names the file and the line, and no value
     */
    static ConfigurationFile read(Path path) {
        var file = new ConfigurationFile(path, new LinkedHashMap<>());
        var lines = lines(path);
        for (var index = 0; index < lines.size(); ) {
            var first = index;
            var text = new StringBuilder(lines.get(index++));
            while (isContinued(text) && index < lines.size()) {
                text.append('\n').append(lines.get(index++));
            }
            file.add(text.toString(), first + 1);
        }
        return file;
    }

    private static List<String> lines(Path path) {
        try {
            return Files.readAllLines(path);
        } catch (CharacterCodingException e) {
            throw unreadable(path, "it isn't text in UTF-8");
        } catch (NoSuchFileException e) {
            throw unreadable(path, "there is no such file");
        } catch (AccessDeniedException e) {
            throw unreadable(path, "this user may not read it");
        } catch (IOException e) {
            throw unreadable(path, String.valueOf(e.getMessage()));
        }
    }

    private static ProgramException unreadable(Path path, String reason) {
        return ProgramException.usage("The configuration file " + path + " can't be read: " + reason + ".");
    }

    /** An odd number of backslashes at its end; a comment goes no further than its line. */
    private static boolean isContinued(CharSequence text) {
        var end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\\') {
            end--;
        }
        var isComment = text.toString().stripLeading().matches("(?s)[#!].*");
        return !isComment && (text.length() - end) % 2 == 1;
    }

    private void add(String text, int line) {
        for (var property : parse(text, line).entrySet()) {
            var key = String.valueOf(property.getKey());
            var value = String.valueOf(property.getValue()).strip();
            if (value.isEmpty()) {
                throw wrong(line, key + " has no value. Write " + key + " = VALUE, or leave the line out.");
            }
            var before = entries.putIfAbsent(key, new Entry(value, line));
            if (before != null) {
                throw wrong(line, key + " is set in line " + before.line() + " already. Leave one of the two out.");
            }
        }
    }

    private Properties parse(String text, int line) {
        var properties = new Properties();
        try {
            properties.load(new StringReader(text));
            return properties;
        } catch (IllegalArgumentException e) {
            throw wrong(line, "\\u isn't followed by four hexadecimal digits; a backslash itself is written twice.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProgramException wrong(int line, String problem) {
        return ProgramException.usage(place(line) + ": " + problem);
    }

    /** How messages call a line of it. */
    String place(int line) {
        return path + ", line " + line;
    }
}
