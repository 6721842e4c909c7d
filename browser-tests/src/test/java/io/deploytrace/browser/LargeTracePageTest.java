package io.deploytrace.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A trace of 80,000 spans: opened, searched, and scrolled to its end. How long it takes is printed, since it depends on the machine. */
@ExtendWith(Site.Extension.class)
class LargeTracePageTest {

    private static final int SPANS = 80_000;

    /** Scrolls from top to bottom in steps, one a frame; what each frame took, in milliseconds. */
    private static final String SCROLL = """
            async () => {
              const frames = [];
              const end = document.documentElement.scrollHeight;
              for (let step = 1; step <= 120; step++) {
                const before = performance.now();
                scrollTo(0, end * step / 120);
                await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
                frames.push(performance.now() - before);
              }
              return frames;
            }
            """;

    @Test
    void trace_of80000Spans_isOpenedSearchedAndScrolledToItsEnd(Site site) {
        var workspace = site.createWorkspace("large");
        site.write(Deployments.large(workspace, SPANS));
        try (var visit = site.visit()) {
            var start = System.nanoTime();
            visit.open(Site.path(workspace, "/traces/" + Deployments.LARGE));
            visit.see("message of 1");
            var firstRow = millisecondsSince(start);
            visit.page()
                    .getByText("80,000 spans", new Page.GetByTextOptions().setExact(true))
                    .waitFor(new Locator.WaitForOptions().setTimeout(120_000));
            var all = millisecondsSince(start);

            var frames = scroll(visit.page());
            assertThat(visit.page().getByText("the very last span")).isVisible();
            assertThat(visit.page().locator("[role=row]").count()).isLessThan(200);

            start = System.nanoTime();
            visit.press("/");
            visit.page().keyboard().insertText("span 54321");
            assertThat(visit.page().locator("[aria-selected=true]")).containsText("span 54321");
            var found = millisecondsSince(start);

            visit.lookAway(true);
            visit.lookAway(false);
            visit.see("This trace may have changed: load it anew");

            System.out.printf(
                    "80,000 spans: first row after %d ms, all after %d ms; found in %d ms; frames while scrolling: median %.0f ms,"
                            + " 95 %% %.0f ms, longest %.0f ms%n",
                    firstRow, all, found, at(frames, 0.5), at(frames, 0.95), at(frames, 1));
        }
    }

    private static List<Double> scroll(Page page) {
        return ((List<?>) page.evaluate(SCROLL))
                .stream().map(frame -> ((Number) frame).doubleValue()).sorted().toList();
    }

    private static double at(List<Double> sorted, double share) {
        return sorted.get((int) Math.min(sorted.size() - 1, sorted.size() * share));
    }

    private static long millisecondsSince(long nanoTime) {
        return (System.nanoTime() - nanoTime) / 1_000_000;
    }
}
