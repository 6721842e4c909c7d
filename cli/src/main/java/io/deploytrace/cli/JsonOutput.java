package io.deploytrace.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * Prints JSON, indented by two blanks, with a line break at the end. Whatever could steer a terminal is escaped, also where JSON
 * itself wouldn't ask for it.
 */
final class JsonOutput {

    private static final JsonFactory FACTORY =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private JsonOutput() {}

    /** Writes one JSON value. */
    @FunctionalInterface
    interface Body {
        void write(JsonGenerator generator) throws IOException;
    }

    /** Prints what the body writes. */
    static void print(PrintWriter out, Body body) {
        write(out, generator -> {
            generator.setPrettyPrinter(printer());
            body.write(generator);
        });
        out.println();
    }

    /** The value on one line, without its end. */
    static String line(Body body) {
        var line = new StringWriter();
        write(line, body);
        return line.toString();
    }

    private static void write(Writer out, Body body) {
        try (var generator = FACTORY.createGenerator(out)) {
            generator.setCharacterEscapes(SafeEscapes.INSTANCE);
            body.write(generator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DefaultPrettyPrinter printer() {
        var indenter = new DefaultIndenter("  ", "\n");
        var separators = Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator("");
        return new DefaultPrettyPrinter(separators).withObjectIndenter(indenter).withArrayIndenter(indenter);
    }

    private static final class SafeEscapes extends CharacterEscapes {

        private static final long serialVersionUID = 1L;
        private static final SafeEscapes INSTANCE = new SafeEscapes();

        @Override
        public int[] getEscapeCodesForAscii() {
            var codes = standardAsciiEscapesForJSON();
            codes[0x7F] = ESCAPE_STANDARD;
            return codes;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int character) {
            return CleanText.isUnsafe(character) && !Character.isSurrogate((char) character)
                    ? new SerializedString(String.format("\\u%04x", character))
                    : null;
        }
    }
}
