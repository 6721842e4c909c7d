package io.deploytrace.cli;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Takes the value of an option that wasn't given from its environment variable: flags win over the environment. */
final class EnvironmentDefaults implements IDefaultValueProvider {

    /** The option names and the environment variables that stand in for them. */
    static final Map<String, String> VARIABLES = Map.of(
            "--database-url", "DEPLOYTRACE_DATABASE_URL",
            "--data-dir", "DEPLOYTRACE_DATA_DIR",
            "--workspace", "DEPLOYTRACE_WORKSPACE",
            "--verbose", "DEPLOYTRACE_DEBUG");

    private final Environment environment;

    EnvironmentDefaults(Environment environment) {
        this.environment = environment;
    }

    /** The variable that stands in for the option; null if none does. Of {@code serve}, each option that is a setting has one. */
    static @Nullable String variable(OptionSpec option) {
        if (option.longestName().equals(ServeConfiguration.CHECK_OPTION)) {
            return null;
        }
        var common = VARIABLES.get(option.longestName());
        var ofServe = !option.inherited()
                && option.command() != null
                && option.command().name().equals("serve");
        return common == null && ofServe ? variableOfServe(option.longestName()) : common;
    }

    /** Host and port aren't called so: Kubernetes sets DEPLOYTRACE_PORT beside a service that is called deploytrace. */
    private static String variableOfServe(String option) {
        return switch (option) {
            case "--host" -> "DEPLOYTRACE_LISTEN_HOST";
            case "--port" -> "DEPLOYTRACE_LISTEN_PORT";
            default -> "DEPLOYTRACE_" + option.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
        };
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return null;
        }
        var variable = variable(option);
        if (variable == null) {
            return null;
        }
        var value = environment.variable(variable);
        return option.typeInfo().isBoolean()
                ? value.map(text -> String.valueOf(!text.equals("0") && !text.equals("false")))
                        .orElse(null)
                : value.orElse(null);
    }
}
