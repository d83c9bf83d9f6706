package dev.orrery.userland;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.userland.applet.Applets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CommandFuzzTest {

    /** Those that are meant to go on for ever. */
    private static final List<String> ENDLESS = List.of("yes", "top", "watch", "sleep");

    private static final List<String> WORDS =
            List.of(
                    "-n",
                    "-1",
                    "1",
                    "x",
                    "/bin/sh",
                    "-",
                    "--",
                    "-k",
                    "2",
                    "-d",
                    "s/a/b/",
                    "'$d'",
                    "'{print $1}'",
                    "a-z",
                    "[:alpha:]",
                    "-c",
                    "-f",
                    "1,3-",
                    "bs=0",
                    "count=1",
                    "if=/bin/sh",
                    "'('",
                    "')'",
                    ":",
                    "'*'",
                    "+",
                    "/",
                    "0",
                    "-R",
                    "u+x",
                    "999999999999",
                    "-exec",
                    "{}",
                    "';'",
                    "-name",
                    "-type",
                    "@1",
                    "+%s",
                    "-e",
                    "''",
                    "%d",
                    "-t",
                    "',/'",
                    "/tmp",
                    "nosuch");

    @Test
    void noRowOfWordsCrashesACommandOrKeepsItForEver() {
        List<String> names = new ArrayList<>(new Applets().names().stream().sorted().toList());
        names.removeAll(ENDLESS);
        Random random = new Random(5);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder command = new StringBuilder(names.get(i % names.size()));
            for (int word = random.nextInt(5); word > 0; word--) {
                command.append(' ').append(WORDS.get(random.nextInt(WORDS.size())));
            }
            boolean follows = command.toString().matches("tail .*-f.*");
            String said = new Bench().sh(command.toString());
            assertThat(said).as(command.toString()).doesNotEndWith("[139]");
            assertThat(follows || said.endsWith("]")).as(command.toString()).isTrue();
        }
    }
}
