package io.deploytrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The examples in a directory of tests, each between {@code // example: NAME} and {@code // end}, held to those that a document
 * shows: a block of Java below {@code <!-- example: NAME -->}. Immutable.
 */
public final class DocumentedExamples {

    private static final Pattern REGION =
            Pattern.compile("^( *)// example: (\\S+)\\R(.*?)^ *// end$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern BLOCK =
            Pattern.compile("^<!-- example: (\\S+) -->\\R```java\\R(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern JAVA_BLOCK = Pattern.compile("^```java$", Pattern.MULTILINE);

    private final Map<String, String> examples;

    private DocumentedExamples(Map<String, String> examples) {
        this.examples = examples;
    }

    /** The examples in the files that lie directly in the directory; fails if two have one name. */
    public static DocumentedExamples in(Path tests) throws IOException {
        var examples = new TreeMap<String, String>();
        try (var files = Files.list(tests)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                for (var region : all(REGION, Files.readString(file))) {
                    var before = examples.put(region.group(2), withoutIndent(region.group(3), region.group(1)));
                    assertThat(before).as(region.group(2)).isNull();
                }
            }
        }
        return new DocumentedExamples(examples);
    }

    /** Fails unless the document shows each example as it is, and no other Java. */
    public void areAllShownIn(String document) {
        assertThat(blocks(document)).isEqualTo(examples);
        assertThat(JAVA_BLOCK.matcher(document).results()).hasSize(examples.size());
    }

    /** Fails unless the examples that the document shows are as they are here. */
    public void containThoseOf(String document) {
        assertThat(examples).containsAllEntriesOf(blocks(document));
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
