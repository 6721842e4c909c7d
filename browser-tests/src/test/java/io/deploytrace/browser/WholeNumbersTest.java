package io.deploytrace.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.deploytrace.recorder.ReconcileTarget;
import io.deploytrace.span.Span;
import io.deploytrace.vocabulary.Result;
import io.deploytrace.vocabulary.Status;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whole numbers of 64 bits, which JavaScript's own can't hold, are shown and copied as they are. */
@ExtendWith(Site.Extension.class)
class WholeNumbersTest {

    private static final long LARGEST = Long.MAX_VALUE;
    private static final long NEXT = Long.MAX_VALUE - 1;

    private static List<Span> measured(UUID workspace, long value) {
        try (var reconcile =
                ReconcileTarget.builder(workspace.toString(), "target").start()) {
            try (var planning = reconcile.startPlanning();
                    var evaluation = planning.startEvaluation("Policy")) {
                evaluation.addMetadata("started_ns", value);
                evaluation.setResult(Result.BLOCKED, "too early");
            }
            reconcile.complete(Status.COMPLETED);
            return reconcile.spans();
        }
    }

    @Test
    void numbersOf64Bits_areShownCopiedAndComparedExactly(Site site) {
        var workspace = site.createWorkspace("whole-numbers");
        var a = measured(workspace, LARGEST);
        var b = measured(workspace, NEXT);
        site.write(a);
        site.write(b);
        var options = new Browser.NewContextOptions().setPermissions(List.of("clipboard-read", "clipboard-write"));
        try (var visit = site.visit(site.url(), options)) {
            visit.open(Site.path(workspace, "/traces/" + a.get(0).traceId()));
            visit.link("Policy").click();
            var value = visit.page().locator(".panel dd:has-text('" + LARGEST + "')");
            value.hover();
            value.getByRole(AriaRole.BUTTON).click();
            visit.see("Copied");
            assertThat(visit.page().evaluate("navigator.clipboard.readText()")).isEqualTo("" + LARGEST);
            visit.page()
                    .locator(".panel summary")
                    .getByText("JSON", new Locator.GetByTextOptions().setExact(true))
                    .click();
            assertThat(visit.page().locator(".panel pre")).containsText("\"started_ns\": " + LARGEST);

            visit.open(Site.path(
                    workspace,
                    "/compare?a=%s&b=%s".formatted(a.get(0).traceId(), b.get(0).traceId())));
            assertThat(visit.page().locator(".compare td"))
                    .containsText(new String[] {String.valueOf(LARGEST), String.valueOf(NEXT)});
        }
    }
}
