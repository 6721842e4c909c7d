package io.deploytrace.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.vocabulary.AttributeKeys;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SequenceTest {

    private static final long SEED = 20_261_122;
    private static final String[] WORDS = {"phase", "check", "decision", "planning", "failed", "ä\ud83d", "\ude80", ""};

    private final Random random = new Random(SEED);

    @Test
    void of_generated_isTheOrderOfSpans() {
        for (var i = 0; i < 2_000; i++) {
            var spans = spans(i % 2 == 0 ? 4 : 1_000_000);
            var sorted = new ArrayList<>(spans);
            sorted.sort(Span.IN_SEQUENCE);
            assertThat(Sequence.of(spans)).as("seed %d, %d", SEED, i).containsExactlyElementsOf(sorted);
        }
    }

    @Test
    void fingerprint_generated_isTheHashOfTheWordsOneAfterTheOther() throws NoSuchAlgorithmException {
        for (var i = 0; i < 500; i++) {
            var steps = Step.inSequence(spans(1_000));
            assertThat(Fingerprint.of(steps)).as("seed %d, %d", SEED, i).isEqualTo(plainFingerprint(steps));
        }
    }

    private static String plainFingerprint(List<Step> steps) throws NoSuchAlgorithmException {
        var digest = MessageDigest.getInstance("SHA-256");
        for (var step : steps) {
            var span = step.span();
            var byPhase = "decision".equals(span.nodeType()) || "phase".equals(span.nodeType());
            var rule = span.attributes().getString(AttributeKeys.RULE_ID);
            var named = rule == null ? span.name() : rule;
            var status = step.status();
            for (var word : new String[] {
                span.nodeType(), byPhase ? span.phase() : named, status == null ? span.status() : status.value()
            }) {
                digest.update((word == null ? "" : word).getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
        }
        return "v1:" + HexFormat.of().formatHex(digest.digest(), 0, 16);
    }

    @Test
    void fingerprint_ofLongTexts_isThatOfTheirOutlines() {
        for (var attributes : List.of(Attributes.empty(), Attributes.of(AttributeKeys.RULE_ID, "r".repeat(300)))) {
            var name = "\ud83d\ude80".repeat(300);
            var span = new Span("1".repeat(32), "2".repeat(16), null, name, Instant.EPOCH, null, attributes, List.of());

            assertThat(Fingerprint.of(Step.inSequence(List.of(Outline.of(span)))))
                    .isEqualTo(Fingerprint.of(Step.inSequence(List.of(span))));
        }
    }

    private List<Span> spans(int sequences) {
        var spans = new ArrayList<Span>();
        for (var i = random.nextInt(20); i > 0; i--) {
            spans.add(span(random.nextInt(30) == 0 ? null : random.nextInt(sequences) - 3));
        }
        Collections.shuffle(spans, random);
        return spans;
    }

    private Span span(Integer sequence) {
        return new Span(
                "1".repeat(32),
                HexFormat.of().toHexDigits(random.nextLong()),
                null,
                word() + "x",
                Instant.ofEpochSecond(random.nextInt(3)),
                null,
                Attributes.builder()
                        .put(AttributeKeys.SEQUENCE, sequence)
                        .put(AttributeKeys.NODE_TYPE, word())
                        .put(AttributeKeys.PHASE, word())
                        .put(AttributeKeys.STATUS, word())
                        .put(AttributeKeys.RULE_ID, random.nextBoolean() ? word() : null)
                        .build(),
                List.of());
    }

    private String word() {
        return WORDS[random.nextInt(WORDS.length)];
    }
}
