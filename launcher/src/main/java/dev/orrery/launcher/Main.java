package dev.orrery.launcher;

import dev.orrery.launcher.command.Arguments;
import dev.orrery.launcher.command.Certificates;
import dev.orrery.launcher.command.Down;
import dev.orrery.launcher.command.Env;
import dev.orrery.launcher.command.Failure;
import dev.orrery.launcher.command.Kill;
import dev.orrery.launcher.command.Logs;
import dev.orrery.launcher.command.Reset;
import dev.orrery.launcher.command.Start;
import dev.orrery.launcher.command.StatusTable;
import dev.orrery.launcher.command.Train;
import dev.orrery.launcher.command.Up;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What {@code ./orrery} runs once it has found a JDK and built what was not built. */
@Command(
        name = "orrery",
        description = "A clockwork Kubernetes control plane on this machine.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {
            Up.class,
            Down.class,
            StatusTable.class,
            Logs.class,
            Env.class,
            Kill.class,
            Start.class,
            Reset.class,
            Train.class,
            Certificates.class,
            Arguments.class
        })
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        CommandLine commands = new CommandLine(new Main());
        commands.setExecutionExceptionHandler((problem, command, parsed) -> {
            if (problem instanceof Failure) {
                command.getErr().println("orrery: " + problem.getMessage());
                return 1;
            }
            throw problem;
        });
        System.exit(commands.execute(args));
    }
}
