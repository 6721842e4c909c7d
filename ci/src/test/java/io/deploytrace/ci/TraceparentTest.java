package io.deploytrace.ci;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** W3C Trace Context says which texts name a span. */
class TraceparentTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";

    @Test
    void parse_span_isReadAsItIsWritten() {
        var span = new Traceparent(TRACE, SPAN);

        assertThat(span).hasToString("00-" + TRACE + "-" + SPAN + "-01");
        assertThat(Traceparent.parse(span.toString())).isEqualTo(span);
        assertThat(Traceparent.parse("00-" + TRACE + "-" + SPAN + "-00")).isEqualTo(span);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\n",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333-01",
            })
    void parse_textThatNamesNoSpan_isNone(String text) {
        assertThat(Traceparent.parse(text)).isNull();
    }

    @Test
    void parse_nothing_isNone() {
        assertThat(Traceparent.parse(null)).isNull();
    }
}
