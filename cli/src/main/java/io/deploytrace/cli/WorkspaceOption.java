package io.deploytrace.cli;

import io.deploytrace.store.Deadline;
import io.deploytrace.store.Workspace;
import io.deploytrace.store.WorkspaceStore;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names a workspace, which may be left out where there is exactly one. */
final class WorkspaceOption {

    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    @Option(
            names = "--workspace",
            paramLabel = "WORKSPACE",
            description =
                    "The workspace, by id or name (DEPLOYTRACE_WORKSPACE). May be left out where there is one only.")
    private @Nullable String idOrName;

    /**
     * The workspace that was named, or the only one.
     *
     * @throws ProgramException if there is none, no such, or several to choose from; the message lists them
     */
    Workspace resolve(WorkspaceStore workspaces, Environment environment, Deadline deadline) {
        return resolve(workspaces, environment, deadline, "");
    }

    /** The same; where none was named and there isn't exactly one, the message ends with another way out. */
    Workspace resolve(WorkspaceStore workspaces, Environment environment, Deadline deadline, String otherwise) {
        var all = workspaces.list(deadline);
        var named = idOrName;
        if (named != null) {
            return find(all, named).orElseThrow(() -> notFound(named, all, environment));
        }
        if (all.size() == 1) {
            return all.get(0);
        }
        var choices = (choices(all, environment) + " " + otherwise).strip();
        if (all.isEmpty()) {
            throw ProgramException.notFound(choices);
        }
        throw ProgramException.usage("Which workspace? Give --workspace (DEPLOYTRACE_WORKSPACE). " + choices);
    }

    /**
     * The workspace with the id or name.
     *
     * @throws ProgramException if there is none; the message lists those there are
     */
    static Workspace find(WorkspaceStore workspaces, String idOrName, Environment environment) {
        var all = workspaces.list(Deadlines.answer());
        return find(all, idOrName).orElseThrow(() -> notFound(idOrName, all, environment));
    }

    /** As {@link #resolve(WorkspaceStore, Environment, Deadline)}, but empty if none was named. */
    Optional<Workspace> resolveNamed(WorkspaceStore workspaces, Environment environment, Deadline deadline) {
        return idOrName == null ? Optional.empty() : Optional.of(resolve(workspaces, environment, deadline));
    }

    /** The workspace's id, if that was given. */
    Optional<UUID> id() {
        return idOrName != null && UUID_FORM.matcher(idOrName).matches()
                ? Optional.of(UUID.fromString(idOrName))
                : Optional.empty();
    }

    /** The workspace with the id or, if none has it, the name. */
    static Optional<Workspace> find(List<Workspace> workspaces, String idOrName) {
        return first(workspaces, workspace -> isId(idOrName, workspace.id()))
                .or(() -> first(workspaces, workspace -> idOrName.equals(workspace.name())));
    }

    static ProgramException notFound(String idOrName, List<Workspace> workspaces, Environment environment) {
        return ProgramException.notFound(
                "There is no workspace '" + idOrName + "'. " + choices(workspaces, environment));
    }

    /** Says which workspaces there are. */
    static String choices(List<Workspace> workspaces, Environment environment) {
        return workspaces.isEmpty()
                ? "There is no workspace yet: create one with '" + environment.program() + " workspace create NAME'."
                : "There are: "
                        + workspaces.stream().map(WorkspaceOption::label).collect(Collectors.joining(", ")) + ".";
    }

    static String label(Workspace workspace) {
        return workspace.name() == null ? workspace.id().toString() : workspace.name();
    }

    private static boolean isId(String text, UUID id) {
        return text.equalsIgnoreCase(id.toString());
    }

    private static Optional<Workspace> first(List<Workspace> workspaces, Predicate<Workspace> condition) {
        return workspaces.stream().filter(condition).findFirst();
    }
}
