package io.deploytrace.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import io.deploytrace.query.TraceSummary;
import io.deploytrace.query.Why;
import io.deploytrace.span.Span;
import io.deploytrace.store.StoredTrace;
import io.deploytrace.testkit.Fixtures;
import io.deploytrace.testkit.GeneratedTraces;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The keys of an object don't depend on the data: what a client of one trace relies on is there in every other. */
class ShapeTest {

    private static final UUID WORKSPACE = UUID.fromString("0193a4c0-0000-7000-8000-000000000001");

    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    @Test
    void keys_ofWhateverTraces_areTheSame() throws IOException {
        var seed = new Random().nextLong();
        System.out.println("Seed: " + seed);
        var fixtures = new Fixtures(seed);
        List<String> ofTrace = null;
        List<String> ofSpan = null;
        List<String> ofWhy = null;
        for (var i = 0; i < 200; i++) {
            var spans = GeneratedTraces.next(fixtures, WORKSPACE);
            var stored = new StoredTrace(TraceSummary.of(spans), Fixtures.START, Fixtures.START, 1);
            var why = Why.of(spans);
            ofTrace = same(ofTrace, keys(json -> TraceTreeJson.write(json, stored, List.of(), spans)));
            ofWhy = same(ofWhy, keys(json -> WhyJson.write(json, why, Fixtures.START)));
            for (Span span : spans) {
                ofSpan = same(ofSpan, keys(json -> SpanJson.writeSpan(json, span)));
            }
        }
        assertThat(ofTrace).contains("overallOutcome", "completeness", "linkedTraces", "spans");
        assertThat(ofSpan).contains("spanId", "jobId", "attributes", "events");
        assertThat(ofWhy).contains("answer", "blockers");
    }

    private static List<String> same(List<String> before, List<String> now) {
        if (before != null) {
            assertThat(now).isEqualTo(before);
        }
        return now;
    }

    /** The keys of the outermost object, in order. */
    private static List<String> keys(Body body) throws IOException {
        var text = new StringWriter();
        try (var json = new JsonFactory().createGenerator(text)) {
            body.write(json);
        }
        var keys = new ArrayList<String>();
        try (var parser = new JsonFactory().createParser(text.toString())) {
            assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                keys.add(parser.currentName());
                parser.nextToken();
                parser.skipChildren();
            }
        }
        return keys;
    }
}
