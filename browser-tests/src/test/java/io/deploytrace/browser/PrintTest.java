package io.deploytrace.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The pages on paper. */
@ExtendWith(Site.Extension.class)
class PrintTest {

    private static final String PRINTED = "0192bbbbbbbb7000800000000000beef";

    /** Whether the rows fill their place, and are as many as is said; both at once, since a new drawing may have more of them. */
    private static final String ROWS_AND_WHAT_IS_SAID_OF_THEM = """
            () => {
              const rows = [...document.querySelectorAll('.span')];
              const end = document.querySelector('#grid-body').getBoundingClientRect().bottom;
              const said = document.querySelector('.print-only').textContent;
              return rows.length > 20 && Math.abs(end - rows.at(-1).getBoundingClientRect().bottom) < 1
                && said === `Printed are ${rows.length} of 3,000 rows: those around what was in sight.`;
            }
            """;

    private static void print(Visit visit) {
        visit.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    }

    @Test
    void targets_onPaper_areInTheirGroups(Site site) {
        try (var visit = site.visit().open(site.path("?open=deployed"))) {
            visit.see("checkout-staging");
            print(visit);

            assertThat(visit.page().locator("#group-deployed")).hasText(Pattern.compile("Deployed\\s*\\d+"));
            assertThat(visit.page().locator("#group-deployed .outcome")).isVisible();
            assertThat(visit.page().locator("#group-skipped .outcome")).isVisible();
        }
    }

    @Test
    void trace_onPaper_hasItsBarsAndItsOpenSpanBelow(Site site) {
        try (var visit = site.visit().open(site.path("/target?key=checkout-production"))) {
            visit.link("Show it in the trace").click();
            visit.see("group release-managers");
            print(visit);

            var bar = visit.page().locator(".axis .bar").first();
            assertThat(bar).isVisible();
            assertThat(bar).hasCSS("print-color-adjust", "exact");
            var rows = visit.page().locator("#grid").boundingBox();
            assertThat(visit.page().locator(".panel").boundingBox().y).isGreaterThanOrEqualTo(rows.y + rows.height);
        }
    }

    @Test
    void longTrace_onPaper_isAsLongAsItsRowsAndSaysHowManyThereAre(Site site) {
        var workspace = site.createWorkspace("printed");
        site.write(Deployments.large(workspace, PRINTED, 3_000));
        try (var visit = site.visit().open(Site.path(workspace, "/traces/" + PRINTED))) {
            assertThat(visit.page().locator(".tools [role=status]")).hasText("3,000 spans");
            visit.page().locator(".answer").waitFor();
            assertThat(visit.page().locator(".print-only")).isHidden();
            print(visit);

            assertThat(visit.page().locator(".print-only")).isVisible();
            assertThat(visit.page().evaluate(ROWS_AND_WHAT_IS_SAID_OF_THEM)).isEqualTo(true);
        }
    }

    @Test
    void page_inTheDark_isPrintedDarkOnLight(Site site) {
        var dark = new Browser.NewContextOptions().setColorScheme(ColorScheme.DARK);
        try (var visit = site.visit(site.url(), dark).open(site.path(""))) {
            visit.see("checkout-production");
            visit.button("Dark or light").click();
            visit.button("Dark or light").click();
            assertThat(visit.page().locator("body")).hasCSS("color", "rgb(231, 231, 227)");
            print(visit);

            assertThat(visit.page().locator("body")).hasCSS("color", "rgb(29, 30, 32)");
        }
    }
}
