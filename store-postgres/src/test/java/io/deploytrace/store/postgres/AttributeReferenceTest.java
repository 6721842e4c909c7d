package io.deploytrace.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.CheckResult;
import io.deploytrace.vocabulary.Decision;
import io.deploytrace.vocabulary.NodeType;
import io.deploytrace.vocabulary.Phase;
import io.deploytrace.vocabulary.Result;
import io.deploytrace.vocabulary.Status;
import io.deploytrace.vocabulary.StepResult;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The reference of attributes names each key and each word, and no other. */
class AttributeReferenceTest {

    private static final Path REFERENCE = Path.of("../docs/attributes.md");

    @Test
    void keys_areThoseOfTheVocabulary() throws IOException {
        var keys = Arrays.stream(AttributeKeys.class.getFields())
                .map(AttributeReferenceTest::value)
                .filter(key -> !key.equals(AttributeKeys.PREFIX))
                .toList();

        assertThat(rows("^\\| `(ctrlplane[^`]*)` \\|")).containsExactlyElementsOf(keys);
    }

    @Test
    void columns_areThoseThatAWriteFills() throws IOException {
        var columns = rows("^\\| `ctrlplane\\.[^`]*` \\| `([^`]*)` \\|");

        assertThat(SpanRows.columnNames()).containsAll(columns);
        assertThat(columns).hasSize(10);
    }

    @Test
    void words_areThoseOfTheVocabulary() throws IOException {
        assertThat(rows("^\\| phase \\| (.*) \\|$")).containsExactly(words(Phase.values(), Phase::value));
        assertThat(rows("^\\| node type \\| (.*) \\|$")).containsExactly(words(NodeType.values(), NodeType::value));
        assertThat(rows("^\\| status \\| (.*) \\|$")).containsExactly(words(Status.values(), Status::value));
        assertThat(rows("^\\| result of an evaluation \\| (.*) \\|$"))
                .containsExactly(words(Result.values(), Result::value));
        assertThat(rows("^\\| result of a check or step \\| (.*) \\|$"))
                .containsExactly(words(CheckResult.values(), CheckResult::value))
                .containsExactly(words(StepResult.values(), StepResult::value));
        assertThat(rows("^\\| decision \\| (.*) \\|$")).containsExactly(words(Decision.values(), Decision::value));
    }

    private static <E> String words(E[] constants, Function<E, String> word) {
        return String.join(
                ", ",
                Arrays.stream(constants)
                        .map(constant -> "`" + word.apply(constant) + "`")
                        .toList());
    }

    private static String value(Field field) {
        try {
            return (String) field.get(null);
        } catch (IllegalAccessException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static List<String> rows(String pattern) throws IOException {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(Files.readString(REFERENCE))
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
