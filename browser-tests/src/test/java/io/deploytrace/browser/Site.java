package io.deploytrace.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import io.deploytrace.embedded.postgres.SharedDatabase;
import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.Workspace;
import io.deploytrace.store.postgres.PostgresSpanStore;
import io.deploytrace.store.postgres.PostgresWorkspaces;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.postgresql.ds.PGSimpleDataSource;

/** One browser, and one server with the day of the demonstration, for all tests of this module. */
final class Site implements AutoCloseable {

    static final String TOKEN_SECRET = "tests:a secret of more than 32 bytes for tests alone";

    private static final Path DIRECTORY = Path.of("target", "site").toAbsolutePath();

    /** Without what a browser does for itself: these tests look at each request. */
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final SharedDatabase database;
    private final PGSimpleDataSource source = new PGSimpleDataSource();
    private final ServerProcess demonstration;
    private final Playwright playwright;
    private final Browser browser;
    private final UUID workspaceId;
    private final String databaseUrl;
    private @Nullable UUID empty;
    private @Nullable UUID situations;
    private @Nullable ServerProcess guarded;

    private Site() throws Exception {
        database = SharedDatabase.open(DIRECTORY);
        databaseUrl = createDatabase();
        demonstration = ServerProcess.serve(databaseUrl, "demo", "--port", "0");
        workspaceId = new PostgresWorkspaces(source)
                .list(deadline()).stream().findFirst().map(Workspace::id).orElseThrow();
        playwright = Playwright.create();
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(System.getProperty("chromium")))
                        .setArgs(ARGUMENTS));
    }

    /** A new one each time, so that what earlier runs recorded isn't there. */
    private String createDatabase() throws Exception {
        var name = "site_" + ProcessHandle.current().pid();
        try (var connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                var statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + name);
            statement.execute("CREATE DATABASE " + name);
        }
        source.setUrl(database.jdbcUrl().replaceFirst("/deploytrace(?=$|\\?)", "/" + name));
        source.setUser(database.user());
        source.setPassword(database.password());
        return database.url().replaceFirst("/deploytrace$", "/" + name);
    }

    private static Deadline deadline() {
        return Deadline.after(Duration.ofMinutes(2));
    }

    /** Gives tests the one site. */
    static final class Extension implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Site.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(Site.class, type -> open(), Site.class);
        }

        private static Site open() {
            try {
                return new Site();
            } catch (Exception e) {
                throw new IllegalStateException("The site can't be set up", e);
            }
        }
    }

    Browser browser() {
        return browser;
    }

    String databaseUrl() {
        return databaseUrl;
    }

    /** The server of the demonstration, which asks nobody for a key. */
    String url() {
        return demonstration.url();
    }

    /** The workspace of the demonstration. */
    UUID workspaceId() {
        return workspaceId;
    }

    /** The path of a view of the demonstration. */
    String path(String rest) {
        return path(workspaceId, rest);
    }

    static String path(UUID workspaceId, String rest) {
        return "/w/" + workspaceId + rest;
    }

    PostgresSpanStore store() {
        return PostgresSpanStore.builder(source).build();
    }

    void write(Collection<Span> spans) {
        store().write(spans, deadline());
    }

    UUID createWorkspace(String name) {
        return new PostgresWorkspaces(source).create(name, deadline()).id();
    }

    /** Sets the retention of a workspace. */
    void keepFor(UUID workspace, Duration retention) {
        new PostgresWorkspaces(source).retain(workspace, retention, deadline());
    }

    /** A workspace in which nothing is recorded. */
    UUID emptyWorkspace() {
        empty = empty == null ? createWorkspace("empty") : empty;
        return empty;
    }

    /** A workspace in which {@link Situations} are recorded. */
    UUID workspaceOfSituations() {
        if (situations == null) {
            situations = createWorkspace("situations");
            Situations.record(situations, store());
        }
        return situations;
    }

    /** A server that asks for keys. */
    ServerProcess guarded() {
        try {
            guarded = guarded == null
                    ? ServerProcess.serve(databaseUrl, "serve", "--port", "0", "--auth", "required")
                    : guarded;
            return guarded;
        } catch (Exception e) {
            throw new IllegalStateException("The server that asks for keys can't be started", e);
        }
    }

    /** Somebody who opens the server of the demonstration. */
    Visit visit() {
        return visit(url(), null);
    }

    Visit visit(String url, Browser.@Nullable NewContextOptions options) {
        return new Visit(browser.newContext(options == null ? new Browser.NewContextOptions() : options), url);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
        if (guarded != null) {
            guarded.close();
        }
        demonstration.close();
        database.close();
    }
}
