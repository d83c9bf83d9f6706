package dev.orrery.kubelet.program;

import dev.orrery.kubelet.image.ImageProfile;
import dev.orrery.kubelet.image.ProgramSpec;
import dev.orrery.userland.Program;
import dev.orrery.userland.Programs;
import dev.orrery.userland.applet.Applets;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What can be run in a container of an image: its own programs, whose names are their paths, and
 * the usual commands where the image has them.
 */
public final class ImagePrograms implements Programs {

    private static final Applets GNU = new Applets();
    private static final Applets BUSYBOX = new Applets(true);

    private static final Map<String, Function<ProgramSpec, Program>> KINDS =
            Map.ofEntries(
                    Map.entry("server", Server::new),
                    Map.entry("entrypoint", EntryPoint::new),
                    Map.entry("command", Command::new),
                    Map.entry("agnhost", _ -> new Agnhost()),
                    Map.entry("sample-apiserver", _ -> new SampleApiServer()),
                    Map.entry("script", Scripts::new),
                    Map.entry("old-nslookup", _ -> Applets.oldNameLookup()),
                    Map.entry("nonewprivs", _ -> new NoNewPrivileges()),
                    Map.entry("stress", _ -> new Stress()),
                    Map.entry("random-exit", _ -> new RandomExit()),
                    Map.entry("bind-nslookup", _ -> Applets.bindNameLookup()));

    private final ImageProfile image;
    private final Set<Integer> ports;

    /**
     * @param ports on which a server of the image listens that nobody described
     */
    public ImagePrograms(ImageProfile image, Set<Integer> ports) {
        this.image = image;
        this.ports = Collections.unmodifiableSet(new TreeSet<>(ports));
    }

    public ImageProfile image() {
        return image;
    }

    private Applets usual() {
        return image.busybox() ? BUSYBOX : GNU;
    }

    /** Of which the usual commands are to be found under their usual paths. */
    public Set<String> tools() {
        return image.tools() ? usual().names() : Set.of();
    }

    /** What a command does that nobody described, in an image that may hold any. */
    public @Nullable Program otherwise() {
        return image.open() ? new AnyServer(ports) : null;
    }

    @Override
    public boolean isBusybox() {
        return image.busybox();
    }

    @Override
    public @Nullable Program find(String name) {
        ProgramSpec own = own(name);
        if (own != null) {
            return program(own);
        }
        return image.tools() ? usual().find(name) : null;
    }

    private @Nullable ProgramSpec own(String name) {
        if (name.contains("/")) {
            return image.programs().get(name);
        }
        return image.programs().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("/" + name))
                .filter(entry -> entry.getKey().matches("(/usr(/local)?)?/s?bin/[^/]+"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private @Nullable Program program(ProgramSpec spec) {
        if (spec.kind().equals("any")) {
            return new AnyServer(ports);
        }
        Function<ProgramSpec, Program> own = KINDS.get(spec.kind());
        return own != null ? own.apply(spec) : usual().find(spec.kind());
    }

    @Override
    public @Nullable Program at(String path) {
        return image.programs().containsKey(path) ? find(path) : Programs.super.at(path);
    }

    @Override
    public Set<String> names() {
        return Stream.concat(image.programs().keySet().stream(), tools().stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
