package io.deploytrace.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Span;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever text comes from data is shown as it is, and does nothing. */
@ExtendWith(Site.Extension.class)
class HostileTextTest {

    private static final String IMAGE = "<img src=x onerror=\"window.hacked=1\">";

    private static final List<String> CORPUS = List.of(
            IMAGE,
            "<script>window.hacked=1</script>",
            "\"><svg onload=window.hacked=1>",
            "'-window.hacked=1-'",
            "javascript:window.hacked=1",
            "<a href=\"javascript:window.hacked=1\">click</a>",
            "${window.hacked=1}{{constructor.constructor('window.hacked=1')()}}",
            "<iframe srcdoc='<script>parent.hacked=1</script>'></iframe>",
            "<style>*{display:none}</style>",
            "</title></textarea></style></script><body onload=window.hacked=1>",
            "?lit$123$ <!--?lit$--> <!-- --!> <x-",
            "\u202Eevil\u2066\u200B",
            "a".repeat(300));

    @Test
    void text_ofAnyKind_isShownAsTextOnEveryPage(Site site) {
        var workspace = site.createWorkspace(IMAGE);
        Map<String, List<Span>> traces = new LinkedHashMap<>();
        CORPUS.forEach(text -> traces.put(text, Deployments.named(workspace, text)));
        traces.values().forEach(site::write);
        try (var visit = site.visit()) {
            check(visit, Site.path(workspace, ""), CORPUS);
            check(visit, Site.path(workspace, "/traces"), CORPUS);
            traces.forEach((text, spans) -> check(visit, spanPage(workspace, text, spans), List.of(text)));
            otherPages(workspace, traces.get(IMAGE)).forEach(path -> check(visit, path, List.of(IMAGE)));
        }
    }

    private static String spanPage(UUID workspace, String text, List<Span> spans) {
        var evaluation = spans.stream()
                .filter(span -> "evaluation".equals(span.nodeType()))
                .findFirst()
                .orElseThrow();
        return Site.path(
                workspace,
                "/traces/" + evaluation.traceId() + "?span=" + evaluation.spanId() + "&find=" + encoded(text));
    }

    private static List<String> otherPages(UUID workspace, List<Span> spans) {
        var trace = spans.get(0).traceId();
        return List.of(
                Site.path(workspace, "/target?key=" + encoded(IMAGE)),
                Site.path(workspace, "/release?id=" + encoded(IMAGE)),
                Site.path(workspace, "/compare?a=" + trace + "&b=" + trace),
                Site.path(workspace, "/traces?releaseTarget=" + encoded(IMAGE)),
                Site.path(workspace, "?q=" + encoded(IMAGE)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void check(Visit visit, String path, List<String> texts) {
        visit.open(path);
        for (var text : texts) {
            assertThat(visit.page().locator("main")).containsText(text.strip().replaceAll("\\s+", " "));
        }
        assertThat(visit.page().evaluate("window.hacked")).as(path).isNull();
        assertThat(visit.page().locator("#app").locator("img, iframe, script, style, a[href^='javascript' i]"))
                .hasCount(0);
    }
}
