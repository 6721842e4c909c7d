package io.deploytrace.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** WCAG 2.2 AA on every page in both themes, as far as a program can tell, and no page too wide for a small screen. */
@ExtendWith(Site.Extension.class)
class AccessibilityTest {

    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    private static final String EXPECTED = "40[014]|net::";

    /** What depends on the theme is the contrast of its colours. */
    private static final List<String> RULES_OF_COLOURS = List.of("color-contrast");

    @Test
    void pages_inBothThemes_haveNoViolation(Site site) {
        try (var visit = site.visit().expecting(EXPECTED)) {
            Pages.of(site).forEach((name, page) -> {
                page.open(visit);
                check(visit, name);
            });
            visit.press("?");
            check(visit, "help");
        }
    }

    @Test
    void pages_onASmallScreen_needNoSidewaysScrolling(Site site) {
        var options = new Browser.NewContextOptions().setViewportSize(360, 740);
        try (var visit = site.visit(site.url(), options).expecting(EXPECTED)) {
            Pages.of(site).forEach((name, page) -> {
                page.open(visit);
                assertThat((Integer) visit.page().evaluate("document.documentElement.scrollWidth"))
                        .as(name)
                        .isLessThanOrEqualTo(360);
            });
            check(visit, "the last of them");
        }
    }

    /** The lightness (CIE L*) of the hues of the six outcomes, from the darkest on. */
    private static final String LIGHTNESSES = """
            () => {
              const linear = part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
              return ['failed', 'blocked', 'waiting', 'ineligible', 'running', 'deployed'].map(outcome => {
                const mark = document.body.appendChild(document.createElement('span'));
                mark.className = `outcome is-${outcome}`;
                const [r, g, b] = getComputedStyle(mark).color.match(/[0-9.]+/g).map(part => linear(part / 255));
                mark.remove();
                return 116 * Math.cbrt(0.2126 * r + 0.7152 * g + 0.0722 * b) - 16;
              }).sort((a, b) => a - b);
            }
            """;

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void hues_ofTheOutcomes_differInLightnessToo(ColorScheme theme, Site site) {
        var options = new Browser.NewContextOptions().setColorScheme(theme);
        try (var visit = site.visit(site.url(), options).open(site.path(""))) {
            visit.see("checkout-production");
            var lightnesses = ((List<?>) visit.page().evaluate(LIGHTNESSES))
                    .stream()
                            .map(lightness -> ((Number) lightness).doubleValue())
                            .toList();

            for (var i = 1; i < lightnesses.size(); i++) {
                assertThat(lightnesses.get(i) - lightnesses.get(i - 1))
                        .as("%s", lightnesses)
                        .isGreaterThan(3.5);
            }
        }
    }

    private static void check(Visit visit, String where) {
        visit.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        check(new AxeBuilder(visit.page()).withTags(RULES), where);
        visit.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        check(new AxeBuilder(visit.page()).withRules(RULES_OF_COLOURS), where + " in the dark");
    }

    /** There are no frames; without its legacy mode axe would open a page of its own each time. */
    private static void check(AxeBuilder axe, String where) {
        var found = axe.setLegacyMode(true).analyze().getViolations();
        Map<String, Object> faults = new LinkedHashMap<>();
        found.forEach(violation -> faults.put(
                violation.getId(),
                violation.getNodes().stream()
                        .map(node -> node.getTarget() + " " + node.getFailureSummary())
                        .limit(3)
                        .toList()));
        assertThat(faults).as(where).isEmpty();
    }
}
