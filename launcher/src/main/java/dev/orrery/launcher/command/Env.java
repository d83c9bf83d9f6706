package dev.orrery.launcher.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints what a shell needs to reach the cluster. */
@Command(
        name = "env",
        description = "Print the lines for your shell: eval \"$(./orrery env)\".",
        mixinStandardHelpOptions = true)
public final class Env implements Callable<Integer> {

    @Mixin private Place place = new Place();

    @Override
    public Integer call() throws Exception {
        String file = place.cluster().kubeconfig().toString();
        System.out.println("export KUBECONFIG='" + file.replace("'", "'\\''") + "'");
        return 0;
    }
}
