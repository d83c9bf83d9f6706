package dev.orrery.userland.applet;

import dev.orrery.userland.Program;
import dev.orrery.userland.Programs;
import dev.orrery.userland.shell.Kill;
import dev.orrery.userland.shell.Printing;
import dev.orrery.userland.shell.Shell;
import dev.orrery.userland.shell.Test;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every program that comes with this module, the shell under its names included. */
public final class Applets implements Programs {
    private static final Map<String, Supplier<Program>> ALL = new TreeMap<>();

    /** Other images bring it only with a package that few have. */
    private static final Set<String> ONLY_BUSYBOX = Set.of("ifconfig");

    static {
        for (String shell : Set.of("sh", "ash", "dash", "bash")) {
            ALL.put(shell, Shell::new);
        }
        ALL.put("sleep", Sleep::new);
        ALL.put("cat", Filters.Cat::new);
        ALL.put("head", Filters.Head::new);
        ALL.put("wc", Filters.Wc::new);
        ALL.put("sort", Filters.Sort::new);
        ALL.put("uniq", Filters.Uniq::new);
        ALL.put("grep", Filters.Grep::new);
        ALL.put("egrep", Filters.Grep::new);
        TextTools.register(ALL);
        FileTools.register(ALL);
        SystemTools.register(ALL);
        ALL.put("curl", Curl::new);
        ALL.put("wget", Wget::new);
        ALL.put("nc", NetCat::new);
        ALL.put("ping", Ping::new);
        ALL.put("tar", Tar::new);
        instant("nslookup", NameLookups::nslookup);
        instant("dig", NameLookups::dig);
        instant("host", NameLookups::host);
        instant("getent", NameLookups::getent);
        instant("ls", Files::ls);
        instant("mkdir", Files::mkdir);
        instant("touch", Files::touch);
        instant("rm", Files::rm);
        instant("df", Mounts::df);
        instant("mount", Mounts::mount);
        instant("stat", Stat::stat);
        instant("ln", Files::ln);
        instant("chmod", Modes::chmod);
        instant("chown", Modes::chown);
        instant("chgrp", Modes::chown);
        instant("date", Facts::date);
        instant("hostname", Facts::hostname);
        instant("env", Facts::env);
        instant("printenv", Facts::env);
        instant("id", Identity::id);
        instant("whoami", Identity::whoami);
        instant("ps", Facts::ps);
        instant("uname", Facts::uname);
        instant("seq", Facts::seq);
        instant("basename", Facts::basename);
        instant("dirname", Facts::dirname);
        instant("true", (out, task) -> {});
        instant("sync", (out, task) -> {});
        instant("false", (out, task) -> out.status(1));
        instant("nproc", (out, task) -> out.print("1\n"));
        instant("pwd", (out, task) -> out.print(task.directory() + "\n"));
        instant("echo", (out, task) -> out.print(Printing.echo(Applet.arguments(task), false)));
        instant("test", (out, task) -> out.status(Test.evaluate(task, task.arguments()) ? 0 : 1));
        instant(
                "kill",
                (out, task) -> {
                    Kill kill = Kill.of(task, Applet.arguments(task));
                    out.print(kill.output());
                    kill.errors().forEach(error -> out.complain(task, error));
                });
    }

    private final boolean busybox;

    /** Commands that speak as GNU's do. */
    public Applets() {
        this(false);
    }

    public Applets(boolean busybox) {
        this.busybox = busybox;
    }

    @Override
    public boolean isBusybox() {
        return busybox;
    }

    /** {@code nslookup} of a busybox before 1.29. */
    public static Program oldNameLookup() {
        return new Instant(OldNameLookup::nslookup);
    }

    /** {@code nslookup} of bind, which images have that are made of busybox otherwise. */
    public static Program bindNameLookup() {
        return new Instant(NameLookups::bind);
    }

    private static void instant(String name, Instant.Work work) {
        ALL.put(name, () -> new Instant(work));
    }

    @Override
    public @Nullable Program find(String name) {
        Supplier<Program> program = has(name) ? ALL.get(name) : null;
        return program == null ? null : program.get();
    }

    @Override
    public Set<String> names() {
        return ALL.keySet().stream().filter(this::has).collect(Collectors.toUnmodifiableSet());
    }

    private boolean has(String name) {
        return busybox || !ONLY_BUSYBOX.contains(name);
    }
}
