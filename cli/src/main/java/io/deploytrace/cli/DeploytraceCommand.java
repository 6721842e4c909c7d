package io.deploytrace.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program itself: holds the options of all commands, and does nothing without one. */
@Command(
        name = "deploytrace",
        description = "The flight recorder of deployments: why did, or didn't, this get deployed there?",
        versionProvider = VersionProvider.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Run '${ROOT-COMMAND-NAME} COMMAND --help' for the options of a command."})
final class DeploytraceCommand extends CommandGroup {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version and exit.")
    @SuppressWarnings("UnusedVariable")
    private boolean version;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "When a command fails, print the stack trace too (DEPLOYTRACE_DEBUG).")
    private boolean verbose;

    boolean verbose() {
        return verbose;
    }
}
