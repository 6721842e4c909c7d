package io.deploytrace.opa;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON into text, numbers, booleans, lists and maps. A key that stands twice in an object is refused: which of two results
 * counts must not depend on who reads.
 */
final class JsonEntry {

    /** Lengths and nesting are looked at here, in words that say what to do. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final String REMEDY =
            " Let OPA's mask policy (data.system.log.mask) remove what the trace doesn't need.";

    private final JsonParser json;

    private JsonEntry(JsonParser json) {
        this.json = json;
    }

    @FunctionalInterface
    private interface Part {
        List<@Nullable Object> of(JsonEntry json) throws IOException;
    }

    /** The only value of the text. */
    static @Nullable Object read(String text) {
        return read(text, json -> Collections.singletonList(json.entry())).get(0);
    }

    /** The elements of the array that the text is. */
    static List<@Nullable Object> readAll(String text) {
        return read(text, JsonEntry::entries);
    }

    private static List<@Nullable Object> read(String text, Part part) {
        try (var parser = FACTORY.createParser(text)) {
            return whole(parser, part);
        } catch (IOException e) {
            throw new UncheckedIOException("A text in memory can't be read", e);
        }
    }

    private static List<@Nullable Object> whole(JsonParser parser, Part part) throws IOException {
        try {
            parser.nextToken();
            var read = part.of(new JsonEntry(parser));
            if (parser.nextToken() != null) {
                throw new InvalidOpaDecisionException("There is more behind the JSON" + place(parser)
                        + ". Pass one entry at a time, or an array of entries to parseAll.");
            }
            return read;
        } catch (JsonProcessingException e) {
            throw new InvalidOpaDecisionException(
                    "The text can't be read as JSON" + place(parser) + ": " + Shown.text(e.getOriginalMessage())
                            + ". Pass the entry as OPA logged it.",
                    e);
        }
    }

    private static String place(JsonParser parser) {
        var location = parser.currentLocation();
        return " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private List<@Nullable Object> entries() throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new InvalidOpaDecisionException(
                    "The text must be an array of entries, as OPA uploads them. Pass a single entry to parse.");
        }
        var entries = new ArrayList<@Nullable Object>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            entries.add(entry());
        }
        return entries;
    }

    /** The value at which the parser stands, unless it is too large. */
    private @Nullable Object entry() throws IOException {
        var start = json.currentTokenLocation().getCharOffset();
        var value = value();
        var length = json.currentLocation().getCharOffset() - start;
        if (length > OpaDecision.MAXIMUM_LENGTH) {
            throw new InvalidOpaDecisionException("The entry has " + length + " characters, and may have "
                    + OpaDecision.MAXIMUM_LENGTH + " at most." + REMEDY);
        }
        return value;
    }

    private @Nullable Object value() throws IOException {
        var token = json.currentToken();
        if (token == null) {
            throw new InvalidOpaDecisionException("The text is empty. Pass the entry as OPA logged it.");
        }
        return switch (token) {
            case START_OBJECT -> map();
            case START_ARRAY -> list();
            case VALUE_STRING -> json.getText();
            case VALUE_NUMBER_INT -> json.getNumberValue();
            case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private Map<String, @Nullable Object> map() throws IOException {
        checkNesting();
        var map = new LinkedHashMap<String, @Nullable Object>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            var key = json.currentName();
            json.nextToken();
            map.put(key, value());
        }
        return map;
    }

    private List<@Nullable Object> list() throws IOException {
        checkNesting();
        var list = new ArrayList<@Nullable Object>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            list.add(value());
        }
        return list;
    }

    private void checkNesting() {
        if (json.getParsingContext().getNestingDepth() > OpaDecision.MAXIMUM_NESTING) {
            throw new InvalidOpaDecisionException("At "
                    + Shown.text(json.getParsingContext().pathAsPointer().toString())
                    + " the entry is nested deeper than the " + OpaDecision.MAXIMUM_NESTING + " levels it may have."
                    + REMEDY);
        }
    }
}
