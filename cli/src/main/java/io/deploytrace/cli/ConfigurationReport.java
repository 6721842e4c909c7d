package io.deploytrace.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What a server would run with: each setting and where it comes from, and no secret. */
final class ConfigurationReport {

    private static final String NOT_SET = "-";

    private final Environment environment;
    private final CommandSpec serve;
    private final ServeConfiguration configuration;

    ConfigurationReport(Environment environment, CommandSpec serve, ServeConfiguration configuration) {
        this.environment = environment;
        this.serve = serve;
        this.configuration = configuration;
    }

    /**
     * Prints it.
     *
     * @param authenticationRequired what {@code --auth} comes to
     * @param database the database that was given; null for the embedded one
     * @param directory where the embedded database keeps its data; null for one that was given
     */
    void print(boolean authenticationRequired, @Nullable DatabaseAddress database, @Nullable Path directory) {
        var table = new Table(Table.Column.fixed("SETTING"), Table.Column.fixed("VALUE"), Table.Column.fixed("SOURCE"));
        for (var option : ServeConfiguration.settings(serve)) {
            var value = switch (option.longestName()) {
                case "--auth" -> authenticationRequired ? "required" : "none";
                case "--database-url" -> database;
                case "--data-dir" -> directory;
                default -> text(option);
            };
            add(
                    table,
                    option.longestName().substring(2),
                    value,
                    configuration.source(option).name());
        }
        addSecrets(table);
        table.lines(Screen.of(environment)).forEach(environment.out()::println);
    }

    private @Nullable String text(OptionSpec option) {
        var flag = option.originalStringValues();
        return flag.isEmpty()
                ? Optional.ofNullable(configuration.defaultValue(option)).orElseGet(option::defaultValue)
                : String.join(",", flag);
    }

    private void addSecrets(Table table) {
        var variable = TokenKeys.variable(environment);
        add(
                table,
                "token secret",
                variable.map(set -> "set").orElse(null),
                variable.map(set -> "the environment variable " + set).orElse("default"));
    }

    private static void add(Table table, String name, @Nullable Object value, String source) {
        table.add(
                StyledText.of(name), StyledText.of(value == null ? NOT_SET : value.toString()), StyledText.of(source));
    }
}
