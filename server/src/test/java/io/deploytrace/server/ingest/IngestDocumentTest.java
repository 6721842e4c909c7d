package io.deploytrace.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import io.deploytrace.vocabulary.OtelKeys;
import io.deploytrace.vocabulary.SpanNames;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The document names each field, key, limit, reason and header, and no other. */
class IngestDocumentTest {

    private String document = "";

    @BeforeEach
    void read() throws IOException {
        document = Files.readString(Path.of("../docs/ingest.md"));
    }

    @Test
    void fields_areThoseOfTheMessages() {
        var fields = Stream.of(
                        ResourceSpans.getDescriptor(),
                        Resource.getDescriptor(),
                        ScopeSpans.getDescriptor(),
                        InstrumentationScope.getDescriptor(),
                        Span.getDescriptor(),
                        Span.Event.getDescriptor(),
                        Span.Link.getDescriptor(),
                        Status.getDescriptor())
                .flatMap(IngestDocumentTest::rows)
                .toList();

        assertThat(rows("^\\| (\\w+) \\| `(\\w+)` \\|").map(row -> row.group(1) + " " + row.group(2)))
                .containsExactlyInAnyOrderElementsOf(fields);
    }

    private static Stream<String> rows(Descriptor message) {
        return message.getFields().stream().map(field -> message.getName() + " " + field.getName());
    }

    @Test
    void keys_areThoseOfTheVocabulary() {
        var keys = Arrays.stream(OtelKeys.class.getFields())
                .map(IngestDocumentTest::value)
                .filter(key -> !key.equals(OtelKeys.PREFIX))
                .toList();

        assertThat(rows("`((?:otel|resource)\\.[a-z_.]*)`")
                        .map(row -> row.group(1))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(keys);
        assertThat(document).contains("`" + SpanNames.UNNAMED + "` for an empty one");
    }

    private static String value(Field field) {
        try {
            return (String) field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void limits_haveTheseDefaultsAndRanges() {
        var limits = IngestLimitsTest.ranges()
                .map(range -> List.of(
                        range.get()[0].toString(),
                        defaultOf((String) range.get()[0]),
                        range.get()[1].toString(),
                        range.get()[2].toString()))
                .toList();

        assertThat(rows("^\\| `(\\w+)` \\| `--max-[a-z-]+` \\| (\\d+) \\| (\\d+) \\| (\\d+) \\|")
                        .map(row -> List.of(row.group(1), row.group(2), row.group(3), row.group(4))))
                .containsExactlyElementsOf(limits);
        assertThat(document)
                .contains("%,d JSON tokens and %d levels".formatted(OtlpJson.MAXIMUM_TOKENS, OtlpJson.MAXIMUM_DEPTH))
                .contains("at most %,d times".formatted(TraceWriter.MOST_SPLITS))
                .contains("counts %d bytes for a span, %d for each".formatted(RequestSize.SPAN, RequestSize.ELEMENT));
    }

    private static String defaultOf(String limit) {
        try {
            return IngestLimits.class
                    .getMethod(limit)
                    .invoke(IngestLimits.DEFAULTS)
                    .toString();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    @Test
    void reasons_areThoseOfTheCode() {
        assertThat(rows("^\\| `([a-z_]+)` \\| [^|]* \\|$").map(row -> row.group(1)))
                .containsExactlyElementsOf(Arrays.stream(RejectionReason.values())
                        .map(RejectionReason::label)
                        .toList());
    }

    @Test
    void headers_areThoseOfTheCode() {
        assertThat(rows("^\\| `(deploytrace-[a-z]+): ").map(row -> row.group(1)))
                .containsExactly(IngestAnswer.ATOMIC_HEADER, IngestAnswer.RESULT_HEADER, IngestAnswer.REJECTION_HEADER);
    }

    private Stream<MatchResult> rows(String row) {
        return Pattern.compile(row, Pattern.MULTILINE).matcher(document).results();
    }
}
