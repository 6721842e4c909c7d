package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class JsonOutputTest {

    @Test
    void print_hostileText_isEscapedAndReadsBackTheSame() throws IOException {
        var text = "\u001b[2J \u009b31m \u007f \u202e \u2028 plain 数据 👍";
        var out = new StringWriter();

        JsonOutput.print(new PrintWriter(out), generator -> generator.writeString(text));

        assertThat(out.toString().strip()).isEqualTo("\"\\u001B[2J \\u009b31m \\u007F \\u202e \\u2028 plain 数据 👍\"");
        try (var parser = JsonFactory.builder().build().createParser(out.toString())) {
            parser.nextToken();
            assertThat(parser.getText()).isEqualTo(text);
        }
    }
}
