package io.deploytrace.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Takes pictures of each page in both themes and three widths, for people to look at: {@code make screenshots}. */
@ExtendWith(Site.Extension.class)
@EnabledIfSystemProperty(named = "screenshots", matches = "true", disabledReason = "make screenshots takes them")
class ScreenshotsTest {

    private static final Path DIRECTORY = Path.of("target", "screenshots").toAbsolutePath();

    private record Screen(int width, int height) {}

    private static final List<Screen> SCREENS =
            List.of(new Screen(360, 780), new Screen(1280, 800), new Screen(3840, 2160));

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void pages_inTheTheme_areTaken(ColorScheme theme, Site site) {
        for (var screen : SCREENS) {
            var options = new Browser.NewContextOptions()
                    .setColorScheme(theme)
                    .setViewportSize(screen.width(), screen.height());
            try (var visit = site.visit(site.url(), options).expecting("40[014]|net::")) {
                Pages.of(site).forEach((name, page) -> {
                    page.open(visit);
                    take(visit, name, screen, theme);
                });
                visit.press("?");
                take(visit, "help", screen, theme);
            }
        }
    }

    private static void take(Visit visit, String name, Screen screen, ColorScheme theme) {
        var file = DIRECTORY.resolve(
                "%s-%d-%s.png".formatted(name, screen.width(), theme).toLowerCase(Locale.ROOT));
        visit.page().screenshot(new Page.ScreenshotOptions().setPath(file));
        assertThat(file).isNotEmptyFile();
    }
}
