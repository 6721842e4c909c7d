package io.deploytrace.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** For how long something is so is in the server's sentences: they grow older although nothing is recorded. */
@ExtendWith(Site.Extension.class)
class AnswerAgeTest {

    private static final Pattern ANSWERS = Pattern.compile("/(why|fanout)(\\?|$)");
    private static final int MORE_THAN_A_MINUTE = 61_000;

    private static void answerLater(Route route) {
        var answer = route.fetch();
        var later = answer.text().replaceFirst("\"answer\":\\[\"", "\"answer\":[\"An hour later. ");
        route.fulfill(new Route.FulfillOptions().setResponse(answer).setBody(later));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/target?key=old-target", "/release?id=v1", "/traces/TRACE"})
    void answer_ofAPageThatStaysOpen_isAskedForAgain(String path, Site site) {
        var workspace = site.createWorkspace("older" + path.replaceAll("\\W+", "-"));
        var spans = Deployments.blocked(workspace, "old-target", "v1", "0 of 2 approvals");
        site.write(spans);
        try (var visit = site.visit()) {
            visit.page().clock().install();
            visit.open(Site.path(workspace, path.replace("TRACE", spans.get(0).traceId())));
            visit.page().locator(".answer .sentence").waitFor();
            visit.page().route(ANSWERS, AnswerAgeTest::answerLater);

            visit.runUntil("An hour later. ", MORE_THAN_A_MINUTE);
        }
    }

    @Test
    void answer_whileNobodyLooks_isLeftAlone(Site site) {
        List<String> asked = new CopyOnWriteArrayList<>();
        try (var visit = site.visit()) {
            visit.page().clock().install();
            visit.open(site.path("/target?key=checkout-production")).see("What stands in the way");
            visit.page().onRequest(request -> asked.add(request.url()));

            visit.lookAway(true);
            visit.page().clock().runFor(MORE_THAN_A_MINUTE);
            visit.page().evaluate("fetch('/health/live')");

            assertThat(asked).containsExactly(site.url() + "/health/live");
        }
    }
}
