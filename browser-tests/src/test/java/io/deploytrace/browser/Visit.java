package io.deploytrace.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** Somebody's visit in a browser of their own. At its end nothing may have been logged as an error, nor asked of another host. */
final class Visit implements AutoCloseable {

    private final BrowserContext context;
    private final Page page;
    private final String url;
    private final List<String> hosts = new CopyOnWriteArrayList<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private Pattern expected = Pattern.compile("(?!)");

    Visit(BrowserContext context, String url) {
        this.context = context;
        this.url = url;
        hosts.add(url);
        context.setDefaultTimeout(15_000);
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (List.of("error", "warning").contains(message.type())) {
                faults.add(message.type() + ": " + message.text());
            }
        });
        page.onPageError(error -> faults.add("thrown: " + error));
        page.onDialog(dialog -> {
            faults.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
        context.onRequest(request -> {
            if (hosts.stream().noneMatch(host -> request.url().startsWith(host + "/"))
                    && !request.url().startsWith("data:")) {
                faults.add("foreign request: " + request.url());
            }
        });
    }

    /** What a test provokes isn't a fault. */
    Visit expecting(String fault) {
        expected = Pattern.compile(fault);
        return this;
    }

    Visit open(String path) {
        page.navigate(url + path);
        return this;
    }

    /** Opens a path on another server, from which it may ask from now on. */
    Visit openAt(String server, String path) {
        hosts.add(server);
        page.navigate(server + path);
        return this;
    }

    Page page() {
        return page;
    }

    BrowserContext context() {
        return context;
    }

    /** The first element with the role and the whole name. */
    Locator role(AriaRole role, String name) {
        return page.getByRole(role, new Page.GetByRoleOptions().setName(name)).first();
    }

    Locator link(String name) {
        return role(AriaRole.LINK, name);
    }

    Locator button(String name) {
        return role(AriaRole.BUTTON, name);
    }

    /** As if somebody looked at another tab, or came back from there. */
    void lookAway(boolean away) {
        page.evaluate("""
                isHidden => {
                  Object.defineProperty(document, 'hidden', { value: isHidden, configurable: true });
                  document.dispatchEvent(new Event('visibilitychange'));
                }
                """, away);
    }

    /** Lets the page's own clock, which must be installed, run in steps of so many milliseconds until the text is there. */
    Visit runUntil(String text, int step) {
        for (var steps = 0; steps < 100 && page.getByText(text).count() == 0; steps++) {
            page.clock().runFor(step);
        }
        return see(text);
    }

    /** Waits for the text. */
    Visit see(String text) {
        page.getByText(text).first().waitFor();
        return this;
    }

    void press(String... keys) {
        for (var key : keys) {
            page.keyboard().press(key);
        }
    }

    /** The path and query of the address. */
    String address() {
        return page.url().substring(url.length());
    }

    /** The parameters as the page has them, once it has got so far. */
    void waitForAddress(String part) {
        page.waitForURL(address -> address.contains(part));
    }

    @Override
    public void close() {
        context.close();
        assertThat(faults).filteredOn(fault -> !expected.matcher(fault).find()).isEmpty();
    }
}
