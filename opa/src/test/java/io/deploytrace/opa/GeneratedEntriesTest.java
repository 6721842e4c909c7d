package io.deploytrace.opa;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Attributes;
import io.deploytrace.vocabulary.Result;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Entries of any shape, with masks of any kind, held to a second and obvious reading of what the policy decided. */
class GeneratedEntriesTest {

    private static final int ENTRIES = 5_000;
    private static final VerdictReader BOOLEAN = VerdictReader.ofBoolean();
    private static final VerdictReader ALLOW = VerdictReader.allowedAt("/allow");
    private static final VerdictReader DENY = VerdictReader.deniedAt("/deny");

    @Test
    void verdict_ifOneIsTold_isThatOfTheUnmaskedResult() {
        var told = 0;
        for (var seed = 0; seed < ENTRIES; seed++) {
            var entry = new GeneratedEntry(seed);
            var decision = OpaDecision.parse(entry.json());

            told += check(seed, BOOLEAN.read(decision), booleanVerdict(entry.decided));
            told += check(seed, ALLOW.read(decision), booleanVerdict(child(entry.decided, "allow")));
            told += check(seed, DENY.read(decision), denyVerdict(child(entry.decided, "deny")));
        }
        assertThat(told).isBetween(ENTRIES, 3 * ENTRIES - 1);
    }

    private static int check(long seed, @Nullable Verdict verdict, @Nullable Result expected) {
        if (verdict != null) {
            assertThat(verdict.result()).as("seed %d", seed).isEqualTo(expected);
        }
        return verdict == null ? 0 : 1;
    }

    @Test
    void verdict_ofAnEntryWithoutMasks_isAlwaysThatOfTheResult() {
        for (var seed = 0; seed < ENTRIES; seed++) {
            var entry = new GeneratedEntry(seed);
            if (entry.logged.get("erased").equals(List.of())
                    && entry.logged.get("masked").equals(List.of())) {
                var decision = OpaDecision.parse(entry.json());

                assertThat(result(BOOLEAN.read(decision))).isEqualTo(booleanVerdict(entry.decided));
                assertThat(result(DENY.read(decision))).isEqualTo(denyVerdict(child(entry.decided, "deny")));
            }
        }
    }

    @Test
    void hidden_isNowhereInTheSpan_andAllElseOfTheInputIs() {
        for (var seed = 0; seed < ENTRIES / 5; seed++) {
            var entry = new GeneratedEntry(seed);
            var recorded = RecordedDecision.of(OpaRecorder.reading(DENY), OpaDecision.parse(entry.json()));

            assertThat(entry.hidden)
                    .as("seed %d", seed)
                    .noneMatch(recorded.span().toString()::contains);
            var input = entry.logged.get("input");
            if (input != null) {
                assertThat(recorded.event("input")).as("seed %d", seed).isEqualTo(attributes(input));
            }
        }
    }

    private static Map<String, Object> attributes(Object input) {
        var attributes = Attributes.builder();
        if (input instanceof Map<?, ?> map) {
            map.forEach((key, value) -> attributes.put((String) key, value));
        } else {
            attributes.put("input", input);
        }
        return attributes.build().asMap();
    }

    private static @Nullable Result result(@Nullable Verdict verdict) {
        return verdict == null ? null : verdict.result();
    }

    private static @Nullable Object child(@Nullable Object parent, String key) {
        return parent instanceof Map<?, ?> map ? map.get(key) : null;
    }

    private static @Nullable Result booleanVerdict(@Nullable Object value) {
        if (value == null) {
            return Result.BLOCKED;
        }
        return value instanceof Boolean allowed ? (allowed ? Result.ALLOWED : Result.BLOCKED) : null;
    }

    private static @Nullable Result denyVerdict(@Nullable Object value) {
        if (value instanceof Number) {
            return null;
        }
        var nothing = value instanceof Map<?, ?> map
                ? map.values().stream().allMatch(Boolean.FALSE::equals)
                : List.of().equals(value) || Boolean.FALSE.equals(value);
        return nothing ? Result.ALLOWED : Result.BLOCKED;
    }
}
