package io.deploytrace.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Holds the commands for workspaces. */
@Command(
        name = "workspace",
        description = "Create, list and delete workspaces (tenants).",
        synopsisSubcommandLabel = "COMMAND")
final class WorkspaceCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }
}
