package io.deploytrace.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.deploytrace.recorder.ReconcileTarget;
import io.deploytrace.vocabulary.Status;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Lists that are longer than a page, while they change and when one comes back to them. */
@ExtendWith(Site.Extension.class)
class ListsTest {

    private static final int TARGETS = 110;
    private static final Pattern FURTHER = Pattern.compile("/traces\\?.*cursor=");
    private static final Pattern ASKED = Pattern.compile("/api/.*/traces(\\?|$)");
    private static final Pattern LISTED = Pattern.compile("/targets\\?");

    private static UUID workspaceOfMany(Site site, String name) {
        var workspace = site.createWorkspace(name);
        site.write(IntStream.range(0, TARGETS)
                .mapToObj(i -> Deployments.blocked(workspace, "target-%03d".formatted(i), "v1", "0 of 2 approvals"))
                .flatMap(List::stream)
                .toList());
        return workspace;
    }

    private static Locator rows(Visit visit) {
        return visit.page().locator("a[data-row]");
    }

    private static int scrollTop(Visit visit) {
        return ((Number) visit.page().evaluate("Math.round(scrollY)")).intValue();
    }

    @Test
    void traces_scrolledToTheirEnd_areThereAgainWhenOneComesBack(Site site) {
        var workspace = workspaceOfMany(site, "back-to-traces");
        try (var visit = site.visit().open(Site.path(workspace, "/traces"))) {
            while (rows(visit).count() < TARGETS) {
                visit.page().mouse().wheel(0, 20_000);
                visit.page().evaluate("new Promise(resolve => requestAnimationFrame(resolve))");
            }
            rows(visit).last().scrollIntoViewIfNeeded();
            var top = scrollTop(visit);
            rows(visit).last().click();
            visit.page().locator(".trace-page").waitFor();

            visit.page().goBack();

            assertThat(rows(visit)).hasCount(TARGETS);
            assertThat(rows(visit).last()).isInViewport();
            assertThat(scrollTop(visit)).isCloseTo(top, within(5));
        }
    }

    @Test
    void page_thatComesLate_doesNotMoveWhoMovesAlready(Site site) {
        var workspace = workspaceOfMany(site, "back-and-on");
        try (var visit = site.visit().open(Site.path(workspace, "/traces"))) {
            rows(visit).nth(40).click();
            visit.page().locator(".trace-page").waitFor();
            List<Route> held = new CopyOnWriteArrayList<>();
            visit.page().route("**/traces?*", held::add);

            visit.page().waitForRequest("**/traces?*", visit.page()::goBack);
            visit.press("Shift");
            visit.page().unroute("**/traces?*");
            held.forEach(Route::resume);

            rows(visit).first().waitFor();
            assertThat(scrollTop(visit)).isZero();
        }
    }

    @Test
    void targets_thatWereAskedFor_areThereAgainWhenOneComesBack(Site site) {
        var workspace = workspaceOfMany(site, "back-to-targets");
        try (var visit = site.visit().open(Site.path(workspace, ""))) {
            visit.button("Show more").click();
            assertThat(rows(visit)).hasCount(TARGETS);
            rows(visit).last().click();
            visit.page().locator(".answer").waitFor();

            visit.page().goBack();

            assertThat(rows(visit)).hasCount(TARGETS);
        }
    }

    @Test
    void trace_thatEndsWhileOlderOnesAreOnTheirWay_isListedAsItEnded(Site site) {
        var workspace = workspaceOfMany(site, "race-of-traces");
        try (var reconcile = ReconcileTarget.builder(workspace.toString(), "under-way")
                .store(site.store())
                .start()) {
            reconcile.persist();
            try (var visit = site.visit()) {
                List<Route> held = new CopyOnWriteArrayList<>();
                visit.page().route(FURTHER, held::add);
                visit.open(Site.path(workspace, "/traces"));
                assertThat(visit.page().locator("tbody tr").first()).containsText("running");
                assertThat(visit.page().locator(".liveness")).hasText("live");
                visit.page().waitForRequest(FURTHER, () -> visit.page().mouse().wheel(0, 20_000));

                reconcile.complete(Status.COMPLETED);
                reconcile.persist();
                assertThat(visit.page().locator("tbody tr").first()).not().containsText("running");
                visit.page().unroute(FURTHER);
                held.forEach(Route::resume);

                assertThat(visit.page().locator("tbody tr:nth-child(60)")).isVisible();
                assertThat(visit.page().locator("tbody tr").first()).not().containsText("running");
            }
        }
    }

    @Test
    void targets_askedForWhileTheListIsRenewed_comeBesideWhatIsNew(Site site) {
        var workspace = workspaceOfMany(site, "race-of-targets");
        try (var visit = site.visit().open(Site.path(workspace, ""))) {
            assertThat(rows(visit)).hasCount(100);
            assertThat(visit.page().locator(".liveness")).hasText("live");
            List<Route> held = new CopyOnWriteArrayList<>();
            visit.page().route(LISTED, held::add);
            visit.page()
                    .waitForRequest(
                            LISTED,
                            () -> site.write(Deployments.blocked(workspace, "target-000", "v1", "1 of 2 approvals")));

            visit.button("Show more").click();
            visit.page().unroute(LISTED);
            held.forEach(Route::resume);

            assertThat(rows(visit)).hasCount(TARGETS);
            assertThat(visit.page().locator(".target", new Page.LocatorOptions().setHasText("target-000")))
                    .containsText("1 of 2 approvals");
        }
    }

    @Test
    void renewal_thatHangs_isGivenUpForTheNext(Site site) {
        var workspace = site.createWorkspace("hanging-renewal");
        site.write(Deployments.blocked(workspace, "target", "v1", "0 of 2 approvals"));
        try (var visit = site.visit()) {
            visit.page().clock().install();
            visit.open(Site.path(workspace, "")).see("0 of 2 approvals");
            assertThat(visit.page().locator(".liveness")).hasText("live");
            visit.page().route(LISTED, route -> {});
            visit.page()
                    .waitForRequest(
                            LISTED,
                            () -> site.write(Deployments.blocked(workspace, "target", "v1", "1 of 2 approvals")));
            visit.page().unroute(LISTED);

            site.write(Deployments.blocked(workspace, "target", "v1", "2 of 2 are late"));

            visit.runUntil("2 of 2 are late", 1_000);
        }
    }

    @Test
    void text_typedJustBeforeOneLeaves_doesNotChangeTheNextAddress(Site site) {
        try (var visit = site.visit()) {
            visit.page().clock().install();
            visit.open(site.path("")).see("checkout-production");

            visit.page().evaluate("""
                    () => {
                      const field = document.querySelector('[data-search]');
                      field.value = 'billing';
                      field.dispatchEvent(new Event('input', { bubbles: true }));
                      document.querySelector('nav a[href$="/traces"]').click();
                    }
                    """);
            visit.page().clock().runFor(1_000);

            assertThat(visit.address()).isEqualTo(site.path("/traces"));
        }
    }

    @Test
    void view_thatIsLeftAtOnce_asksForNothing(Site site) {
        List<String> asked = new CopyOnWriteArrayList<>();
        try (var visit = site.visit()) {
            visit.page().clock().install();
            visit.page().route("**/events", route -> {});
            visit.open(site.path("")).see("checkout-production");
            visit.page().onRequest(request -> asked.add(request.url()));

            visit.page().evaluate("""
                    () => {
                      document.querySelector('nav a[href$="/traces"]').click();
                      document.querySelector('.wordmark').click();
                    }
                    """);
            visit.page().clock().runFor(1_000);
            visit.page().evaluate("fetch('/health/live')");

            assertThat(asked).isNotEmpty().noneMatch(url -> ASKED.matcher(url).find());
        }
    }
}
