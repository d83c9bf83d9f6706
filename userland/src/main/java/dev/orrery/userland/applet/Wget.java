package dev.orrery.userland.applet;

import dev.orrery.userland.OpenFile;
import dev.orrery.userland.Step;
import dev.orrery.userland.Task;
import dev.orrery.userland.file.Errno;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.Raw;
import dev.orrery.userland.http.Header;
import dev.orrery.userland.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code wget}, as busybox has it. */
final class Wget extends Applet {

    private static final int MOST_REDIRECTS = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final List<Header> headers = new ArrayList<>();
    private final Deque<String> wanted = new ArrayDeque<>();
    private @Nullable Url url;
    private @Nullable Fetch fetch;
    private @Nullable String posted;
    private String output = "";
    private boolean quiet;
    private boolean spider;
    private boolean insecure;
    private boolean showHead;
    private Duration patience = PATIENCE;
    private @Nullable Instant deadline;
    private int redirects;

    @Override
    Step work(Task task) {
        try {
            if (url == null) {
                return begin(task);
            }
            Fetch current = fetch;
            if (current == null) {
                return connect(task, url);
            }
            HttpResponse response = current.poll(task);
            if (response != null) {
                return answered(task, response);
            }
            Instant until = deadline;
            if (until != null && !task.machine().host().instant().isBefore(until)) {
                return failed("download timed out");
            }
            if (until != null) {
                task.wakeAt(until);
            }
            return Step.WAITING;
        } catch (FileException broken) {
            return broken(broken);
        }
    }

    private Step begin(Task task) {
        List<String> words = new ArrayList<>();
        for (String word : arguments(task)) {
            if (word.startsWith("--post-data=")) {
                posted = word.substring("--post-data=".length());
            } else if (word.startsWith("--header=")) {
                header(word.substring("--header=".length()));
            } else {
                switch (word) {
                    case "--spider" -> spider = true;
                    case "--no-check-certificate" -> insecure = true;
                    case "--quiet" -> quiet = true;
                    case "--server-response" -> showHead = true;
                    case "--post-data" -> words.add("-D");
                    case "--header" -> words.add("-H");
                    case "--output-document" -> words.add("-O");
                    case "--timeout" -> words.add("-T");
                    default ->
                            words.add(
                                    word.startsWith("--timeout=")
                                            ? "-T" + word.substring("--timeout=".length())
                                            : word);
                }
            }
        }
        Options options = new Options(words, "O:T:D:H:t:P:U:Y:");
        posted = options.has('D') ? options.value('D') : posted;
        String header = options.value('H');
        if (header != null) {
            header(header);
        }
        quiet |= options.has('q');
        showHead |= options.has('S');
        String file = options.value('O');
        output = file == null ? "" : file;
        String seconds = options.value('T');
        Duration read = seconds == null ? null : Sleep.duration(seconds);
        patience = read == null ? patience : read;
        wanted.addAll(options.operands());
        return next();
    }

    private Step next() {
        String text = wanted.isEmpty() ? "" : wanted.removeFirst();
        url = Url.of(text);
        fetch = null;
        redirects = 0;
        return url == null ? failed("not an http or ftp url: " + text) : Step.MORE;
    }

    private Step saved() {
        return wanted.isEmpty() ? finish(0) : next();
    }

    private void header(String line) {
        int colon = line.indexOf(':');
        if (colon > 0) {
            headers.add(new Header(line.substring(0, colon), line.substring(colon + 1).strip()));
        }
    }

    private Step connect(Task task, Url to) {
        Fetch begun = Fetch.of(task, to, insecure, "");
        String address = begun.connection().peer().toString();
        say(
                "Connecting to "
                        + to.host()
                        + (to.port() == 80 || to.port() == 443 ? "" : ":" + to.port())
                        + " ("
                        + address
                        + ")\n");
        deadline = task.machine().host().instant().plus(patience);
        if (posted != null) {
            headers.add(new Header("Content-Type", "application/x-www-form-urlencoded"));
        }
        begun.send(
                posted == null ? "GET" : "POST",
                headers,
                Raw.bytes(posted == null ? "" : posted),
                "Wget");
        fetch = begun;
        return Step.MORE;
    }

    private void say(String text) {
        if (!quiet) {
            print(2, Raw.bytes(text));
        }
    }

    private Step answered(Task task, HttpResponse response) {
        Fetch from = fetch;
        if (from == null) {
            return finish(1);
        }
        from.close();
        if (showHead) {
            print(2, Raw.bytes("  HTTP/1.1 " + response.status() + " " + response.reason() + "\n"));
            response.headers()
                    .forEach(each ->
                            print(2, Raw.bytes("  " + each.name() + ": " + each.value() + "\n")));
        }
        String location = response.header("Location");
        if (response.status() / 100 == 3 && !location.isEmpty()) {
            if (++redirects > MOST_REDIRECTS) {
                return failed("too many redirections");
            }
            url = Url.of(from.url().resolve(location));
            fetch = null;
            return url == null ? failed("not an http or ftp url: " + location) : Step.MORE;
        }
        if (response.status() >= 400) {
            return failed(
                    "server returned error: HTTP/1.1 "
                            + response.status()
                            + " "
                            + response.reason());
        }
        if (spider) {
            say("remote file exists\n");
            return finish(0);
        }
        return save(task, from.url(), response.body());
    }

    private Step save(Task task, Url from, byte[] body) {
        String file = output.isEmpty() ? from.fileName() : output;
        if (file.equals("-")) {
            say("writing to stdout\n");
            print(1, body);
            progress("-", body.length);
            say("written to stdout\n");
            return saved();
        }
        say("saving to '" + file + "'\n");
        OpenFile opened = task.open(file, true, false, true, true);
        opened.channel().write(body, 0, body.length, task);
        opened.release();
        progress(file, body.length);
        say("'" + file + "' saved\n");
        return saved();
    }

    private void progress(String file, int bytes) {
        say("%-20.20s 100%% |%s| %5d  0:00:00 ETA\n".formatted(file, "*".repeat(32), bytes));
    }

    private Step broken(FileException broken) {
        Url to = url;
        String host = to == null ? "" : to.host();
        if (broken.errno() == Errno.ENOENT) {
            return failed("bad address '" + host + "'");
        }
        if (fetch != null) {
            return failed(
                    broken.errno() == Errno.EPROTO
                            ? "TLS error from peer (alert code 80): internal error"
                            : "error getting response");
        }
        return failed("can't connect to remote host (" + host + "): " + broken.getMessage());
    }

    private Step failed(String why) {
        print(2, Raw.bytes("wget: " + why + "\n"));
        return finish(1);
    }
}
