package io.deploytrace.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Java in the manual is the Java that these tests run. */
class DocumentedExamplesTest {

    private static final Path ROOT = Path.of("..");
    private static final Path TESTS = Path.of("src/test/java/io/deploytrace/buffer");
    private static final Pattern REGION =
            Pattern.compile("^( *)// example: (\\S+)\\R(.*?)^ *// end$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern BLOCK =
            Pattern.compile("^<!-- example: (\\S+) -->\\R```java\\R(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern JAVA_BLOCK = Pattern.compile("^```java$", Pattern.MULTILINE);

    @Test
    void manual_showsEveryExampleAsItIsTested() throws IOException {
        var manual = Files.readString(ROOT.resolve("docs/buffering.md"));

        assertThat(blocks(manual)).isEqualTo(examples());
        assertThat(JAVA_BLOCK.matcher(manual).results()).hasSize(examples().size());
    }

    private static Map<String, String> examples() throws IOException {
        var examples = new TreeMap<String, String>();
        try (var files = Files.list(TESTS)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                for (var region : all(REGION, Files.readString(file))) {
                    var before = examples.put(region.group(2), withoutIndent(region.group(3), region.group(1)));
                    assertThat(before).as(region.group(2)).isNull();
                }
            }
        }
        return examples;
    }

    private static Map<String, String> blocks(String document) {
        var blocks = new TreeMap<String, String>();
        all(BLOCK, document).forEach(block -> blocks.put(block.group(1), block.group(2)));
        return blocks;
    }

    private static List<MatchResult> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }

    private static String withoutIndent(String text, String indent) {
        return text.replaceAll("(?m)^" + indent, "");
    }
}
