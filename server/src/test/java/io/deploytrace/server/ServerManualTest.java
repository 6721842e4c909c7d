package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The manual of the server names the routes there are, and who may use them. */
class ServerManualTest {

    private static final Pattern ROW =
            Pattern.compile("^\\| (`(?:GET|POST) .+?) \\| (.+?) \\| .+ \\|$", Pattern.MULTILINE);
    private static final Pattern ROUTE = Pattern.compile("`([A-Z]+ [^`]+)`");

    private static Map<String, String> documented() throws IOException {
        var users = new HashMap<String, String>();
        ROW.matcher(Files.readString(Path.of("..", "docs", "server.md")))
                .results()
                .forEach(row -> ROUTE.matcher(row.group(1))
                        .results()
                        .forEach(route -> assertThat(users.put(route.group(1), row.group(2)))
                                .as("%s stands there twice", route.group(1))
                                .isNull()));
        return users;
    }

    private static String user(Route route) {
        if (route == Route.SIGN_IN || route == Route.SIGN_OUT) {
            return (route.isOpen() ? "anyone" : "any key") + ", from the page itself";
        }
        if (route.isOpen()) {
            return "anyone";
        }
        if (!route.isQuery() && !route.isStream()) {
            return "a key with the role write or admin, a job token";
        }
        return route.path().contains("{workspaceId}") ? "a key that is good for the workspace" : "any key";
    }

    @Test
    void routes_areThoseThereAre() throws IOException {
        var actual = Stream.of(Route.values())
                .collect(Collectors.toMap(
                        route -> (route.methods().size() > 1 ? "GET " : "POST ") + route.path(),
                        ServerManualTest::user));

        assertThat(documented()).isEqualTo(actual);
    }
}
