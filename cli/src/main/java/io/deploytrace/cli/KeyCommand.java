package io.deploytrace.cli;

import picocli.CommandLine.Command;

/** Holds the commands for keys. */
@Command(
        name = "key",
        description = "Create, list and revoke the keys that programs show to the server.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Example:", "  ${ROOT-COMMAND-NAME} key list"})
final class KeyCommand extends CommandGroup {}
