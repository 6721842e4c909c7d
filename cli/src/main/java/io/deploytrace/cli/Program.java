package io.deploytrace.cli;

import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.TypeConversionException;

/** Puts the commands together and runs one. */
final class Program {

    private static final int HELP_WIDTH = 100;

    private Program() {}

    /** Runs the command that the arguments name and returns its exit code; never throws. */
    static int run(Environment environment, String... args) {
        return run(environment, new PostgresStores(environment), args);
    }

    /** As {@link #run(Environment, String...)}, on other stores. */
    static int run(Environment environment, Stores stores, String... args) {
        var commandLine = commandLine(environment, stores);
        try {
            return commandLine.execute(args);
        } catch (StackOverflowError | OutOfMemoryError e) {
            environment.err().println("deploytrace: " + e);
            return ExitCode.FAILED;
        }
    }

    /** The program with all its commands, on PostgreSQL. */
    static CommandLine commandLine(Environment environment) {
        return commandLine(environment, new PostgresStores(environment));
    }

    /** The program with all its commands, in the order in which the help lists them. */
    static CommandLine commandLine(Environment environment, Stores stores) {
        var root = new DeploytraceCommand();
        var commandLine = new CommandLine(root);
        var configuration = new ServeConfiguration(environment);
        addCommands(commandLine, environment, stores, configuration);
        var failures = new FailureHandler(environment, root);
        commandLine
                .setCommandName(environment.program())
                .setOut(environment.out())
                .setErr(environment.err())
                .setColorScheme(colours(environment))
                .setUsageHelpWidth(HELP_WIDTH)
                .setExpandAtFiles(false)
                .setDefaultValueProvider(new EnvironmentDefaults(environment))
                .registerConverter(int.class, text -> Math.toIntExact(wholeNumber(text, Integer.MAX_VALUE)))
                .registerConverter(long.class, text -> wholeNumber(text, Long.MAX_VALUE))
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
        Objects.requireNonNull(commandLine.getSubcommands().get("serve")).setDefaultValueProvider(configuration);
        return commandLine;
    }

    private static void addCommands(
            CommandLine program, Environment environment, Stores stores, ServeConfiguration configuration) {
        program.addSubcommand(new DemoCommand(environment, stores))
                .addSubcommand(new ListCommand(environment, stores))
                .addSubcommand(new ShowCommand(environment, stores))
                .addSubcommand(new WhyCommand(environment, stores))
                .addSubcommand(new DiffCommand(environment, stores))
                .addSubcommand(new HistoryCommand(environment, stores))
                .addSubcommand(new FanoutCommand(environment, stores))
                .addSubcommand(new PruneCommand(environment, stores))
                .addSubcommand(new ServeCommand(environment, configuration))
                .addSubcommand(new DatabaseCommand(environment))
                .addSubcommand(new MigrateCommand(environment))
                .addSubcommand(new ReindexCommand(environment, stores))
                .addSubcommand(new CommandLine(new WorkspaceCommand())
                        .addSubcommand(new WorkspaceCreateCommand(environment, stores))
                        .addSubcommand(new WorkspaceListCommand(environment, stores))
                        .addSubcommand(new WorkspaceRetentionCommand(environment, stores))
                        .addSubcommand(new WorkspaceDeleteCommand(environment, stores)))
                .addSubcommand(new CommandLine(new KeyCommand())
                        .addSubcommand(new KeyCreateCommand(environment, stores))
                        .addSubcommand(new KeyListCommand(environment, stores))
                        .addSubcommand(new KeyRevokeCommand(environment, stores)))
                .addSubcommand(new TokenCommand(environment, stores))
                .addSubcommand(new CommandLine(new ExecCommand(environment)).setStopAtPositional(true))
                .addSubcommand(new StartCommand(environment))
                .addSubcommand(new StepCommand(environment))
                .addSubcommand(new MetadataCommand(environment))
                .addSubcommand(new EndCommand(environment))
                .addSubcommand(new CompletionCommand(environment))
                .addSubcommand(new HelpCommand());
    }

    /** picocli's own speaks of an int, to people who don't write Java. */
    private static long wholeNumber(String text, long most) {
        try {
            var number = Long.parseLong(text);
            if (Math.abs(number) > most) {
                throw new TypeConversionException("'" + text + "' is more than " + most);
            }
            return number;
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is not a whole number");
        }
    }

    private static Help.ColorScheme colours(Environment environment) {
        return Help.defaultColorScheme(environment.terminal().colour() ? Ansi.ON : Ansi.OFF);
    }
}
