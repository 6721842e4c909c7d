package io.deploytrace.server.ingest;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.HexFormat;

/** Reads single values as the JSON mapping of protobuf has them, ids as OpenTelemetry has them. */
final class JsonValues {

    private static final BigInteger UNSIGNED_END = BigInteger.ONE.shiftLeft(Long.SIZE);

    /** More than any number needs: to read a million digits takes seconds. */
    private static final int LONGEST_NUMBER = 100;

    private JsonValues() {}

    /** Fails unless the parser stands at this kind of token. */
    static void expect(JsonParser parser, JsonToken token, String what) throws IOException {
        if (parser.currentToken() != token) {
            throw wrong(parser, "must be " + what + ", but is " + describe(parser));
        }
    }

    /** The value at which the parser stands is wrong. */
    static JsonParseException wrong(JsonParser parser, String problem) {
        return new JsonParseException(parser, problem);
    }

    static String text(JsonParser parser) throws IOException {
        expect(parser, JsonToken.VALUE_STRING, "a string");
        return parser.getText();
    }

    /** An id in hex digits of either case, of any length. */
    static ByteString id(JsonParser parser) throws IOException {
        var text = text(parser);
        try {
            return ByteString.copyFrom(HexFormat.of().parseHex(text));
        } catch (IllegalArgumentException e) {
            throw wrong(parser, "must be an id in hex digits, but is \"" + Shown.text(text) + '"');
        }
    }

    /** Base64, standard or safe for URLs, with or without padding. */
    static ByteString bytes(JsonParser parser) throws IOException {
        var text = text(parser);
        try {
            return ByteString.copyFrom(
                    Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/')));
        } catch (IllegalArgumentException e) {
            throw wrong(parser, "must be base64");
        }
    }

    static boolean bool(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw wrong(parser, "must be true or false, but is " + describe(parser));
        };
    }

    static long int64(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return parser.getLongValue();
        }
        return integer(parser, BigInteger.ONE.shiftLeft(63).negate(), BigInteger.ONE.shiftLeft(63))
                .longValue();
    }

    /** Without a sign; beyond 2⁶³ it is negative, as in the message. */
    static long uint64(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            var text = parser.getText();
            if (!text.isEmpty() && text.length() < 19 && isDigits(text)) {
                return Long.parseLong(text);
            }
        }
        return integer(parser, BigInteger.ZERO, UNSIGNED_END).longValue();
    }

    static int uint32(JsonParser parser) throws IOException {
        return integer(parser, BigInteger.ZERO, BigInteger.ONE.shiftLeft(Integer.SIZE))
                .intValue();
    }

    /** The number of an enum, or one of its names, which stand in the order of their numbers; any number may come. */
    static int enumeration(JsonParser parser, String... names) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            var text = parser.getText();
            for (var i = 0; i < names.length; i++) {
                if (names[i].equals(text)) {
                    return i;
                }
            }
        }
        return integer(parser, BigInteger.ONE.shiftLeft(31).negate(), BigInteger.ONE.shiftLeft(31))
                .intValue();
    }

    static double number(JsonParser parser) throws IOException {
        return switch (parser.getText()) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> finite(parser);
        };
    }

    private static double finite(JsonParser parser) throws IOException {
        var value = decimal(parser, "a number").doubleValue();
        if (Double.isInfinite(value)) {
            throw wrong(parser, "is beyond the range of a double: " + Shown.text(parser.getText()));
        }
        return value;
    }

    private static boolean isDigits(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static BigInteger integer(JsonParser parser, BigInteger least, BigInteger end) throws IOException {
        var decimal = decimal(parser, "an integer");
        if (decimal.stripTrailingZeros().scale() > 0) {
            throw wrong(parser, "must be an integer, but is " + Shown.text(parser.getText()));
        }
        if (decimal.compareTo(new BigDecimal(least)) < 0 || decimal.compareTo(new BigDecimal(end)) >= 0) {
            throw wrong(
                    parser,
                    "must be " + least + " to " + end.subtract(BigInteger.ONE) + ", but is "
                            + Shown.text(parser.getText()));
        }
        return decimal.toBigIntegerExact();
    }

    /** A number, or a string that holds one. */
    private static BigDecimal decimal(JsonParser parser, String what) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING
                || parser.currentToken().isNumeric()) {
            var text = parser.getText();
            try {
                if (text.length() <= LONGEST_NUMBER) {
                    return new BigDecimal(text);
                }
            } catch (NumberFormatException e) {
                throw wrong(parser, "must be " + what + ", but is \"" + Shown.text(text) + '"');
            }
        }
        throw wrong(parser, "must be " + what + ", but is " + describe(parser));
    }

    private static String describe(JsonParser parser) throws IOException {
        if (parser.currentToken() == null) {
            return "empty";
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "the string \"" + Shown.text(parser.getText()) + '"';
            case VALUE_NULL -> "null";
            default -> Shown.text(parser.getText());
        };
    }
}
