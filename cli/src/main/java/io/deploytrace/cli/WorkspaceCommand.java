package io.deploytrace.cli;

import picocli.CommandLine.Command;

/** Holds the commands for workspaces. */
@Command(
        name = "workspace",
        description = "Create, list and delete workspaces (tenants).",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Example:", "  ${ROOT-COMMAND-NAME} workspace list"})
final class WorkspaceCommand extends CommandGroup {}
