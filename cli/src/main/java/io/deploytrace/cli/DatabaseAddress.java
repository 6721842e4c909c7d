package io.deploytrace.cli;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where a database is and who connects to it, from a URL as psql or as the JDBC driver writes it. Never shows the
 * password.
 */
final class DatabaseAddress {

    private static final Pattern URL = Pattern.compile(
            "(?:jdbc:)?postgres(?:ql)?:"
                    + "(?://(?:(?<user>[^:@/?]*)(?::(?<password>[^@/?]*))?@)?(?<hosts>[^@/?]*)/?)?(?<database>[^@/?]*)(?:\\?(?<query>.*))?");

    private static final Pattern NAME = Pattern.compile("[A-Za-z_]{1,40}");

    /** libpq's names of what the JDBC driver calls otherwise. */
    private static final Map<String, String> DRIVER_NAMES = Map.of(
            "application_name", "ApplicationName",
            "connect_timeout", "connectTimeout",
            "target_session_attrs", "targetServerType");

    private static final String EXPECTED =
            "expected postgres://USER:PASSWORD@HOST:PORT/DATABASE or jdbc:postgresql://HOST:PORT/DATABASE?user=USER";

    private final String hosts;
    private final String database;
    private final Map<String, String> properties;

    private DatabaseAddress(String hosts, String database, Map<String, String> properties) {
        this.hosts = hosts;
        this.database = database;
        this.properties = properties;
    }

    /**
     * Reads a URL.
     *
     * @param password the password to use if the URL names none, or null
     * @throws ProgramException if it isn't one, or has a parameter that the driver doesn't know; never repeats the URL, which may
     *     hold a password
     */
    static DatabaseAddress parse(String url, @Nullable String password) {
        var matcher = URL.matcher(url);
        if (!matcher.matches()) {
            throw ProgramException.usage(
                    "--database-url (DEPLOYTRACE_DATABASE_URL) isn't the URL of a PostgreSQL database: " + EXPECTED
                            + ". Characters such as @ / ? in a name or password are written as %40 %2F %3F.");
        }
        var properties = new LinkedHashMap<String, String>();
        putUser(matcher, properties);
        putQuery(matcher.group("query"), properties);
        if (password != null) {
            properties.putIfAbsent(PGProperty.PASSWORD.getName(), password);
        }
        properties.putIfAbsent(PGProperty.APPLICATION_NAME.getName(), "deploytrace");
        var hosts = matcher.group("hosts");
        return new DatabaseAddress(
                hosts == null || hosts.isEmpty() ? "localhost" : hosts, decode(matcher.group("database")), properties);
    }

    private static void putUser(Matcher matcher, Map<String, String> properties) {
        if (matcher.group("user") != null && !matcher.group("user").isEmpty()) {
            properties.put(PGProperty.USER.getName(), decode(matcher.group("user")));
        }
        if (matcher.group("password") != null) {
            properties.put(PGProperty.PASSWORD.getName(), decode(matcher.group("password")));
        }
    }

    private static void putQuery(@Nullable String query, Map<String, String> properties) {
        if (query == null || query.isEmpty()) {
            return;
        }
        for (var parameter : query.split("&", -1)) {
            var equals = parameter.indexOf('=');
            var name = decode(equals < 0 ? parameter : parameter.substring(0, equals));
            var driverName = DRIVER_NAMES.getOrDefault(name, name);
            if (equals < 0 || PGProperty.forName(driverName) == null) {
                throw ProgramException.usage(
                        "--database-url (DEPLOYTRACE_DATABASE_URL) has a parameter that isn't known" + shown(name)
                                + ". Write NAME=VALUE with a name that psql or the PostgreSQL JDBC driver knows.");
            }
            properties.put(driverName, decode(parameter.substring(equals + 1)));
        }
    }

    /** What isn't the word that a name is may be a part of a password that wasn't encoded. */
    private static String shown(String name) {
        return NAME.matcher(name).matches() ? ": " + name : "; characters such as ? in a password are written as %3F";
    }

    private static String decode(String text) {
        try {
            // A plus sign is itself in a PostgreSQL URL, and a blank in URLDecoder's.
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ProgramException.usage("--database-url (DEPLOYTRACE_DATABASE_URL) has a % that isn't followed by two"
                    + " hexadecimal digits; a % itself is written as %25.");
        }
    }

    /** Connects to it, with one new connection each time. */
    DataSource dataSource() {
        var source = new PGSimpleDataSource();
        try {
            source.setUrl("jdbc:postgresql://" + hosts + "/" + URLEncoder.encode(database, StandardCharsets.UTF_8));
            for (var property : properties.entrySet()) {
                source.setProperty(property.getKey(), property.getValue());
            }
        } catch (SQLException | IllegalArgumentException e) {
            throw ProgramException.usage("--database-url (DEPLOYTRACE_DATABASE_URL): " + e.getMessage());
        }
        return source;
    }

    /** For messages: everything but the password and the parameters. */
    @Override
    public String toString() {
        var user = properties.get(PGProperty.USER.getName());
        return "postgres://" + (user == null ? "" : user + "@") + hosts + "/" + database;
    }
}
