package dev.orrery.userland.applet;

import dev.orrery.userland.Connection;
import dev.orrery.userland.Step;
import dev.orrery.userland.Task;
import dev.orrery.userland.file.Errno;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.Raw;
import dev.orrery.userland.file.RegularFile;
import dev.orrery.userland.http.Header;
import dev.orrery.userland.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code curl}: one URL after the other. */
final class Curl extends Applet {

    private static final int MOST_REDIRECTS = 50;

    private final List<String> urls = new ArrayList<>();
    private final List<Header> headers = new ArrayList<>();
    private String method = "";
    private @Nullable String data;
    private String output = "";
    private String format = "";
    private String authorities = "";
    private boolean silent;
    private boolean showErrors;
    private boolean fails;
    private boolean follows;
    private boolean include;
    private boolean insecure;
    private boolean remoteName;
    private Duration longest = Duration.ofDays(1);
    private boolean begun;
    private int next;
    private int redirects;
    private int code;
    private @Nullable Fetch fetch;
    private @Nullable Instant deadline;

    @Override
    Step work(Task task) {
        if (!begun) {
            begun = true;
            return begin(task);
        }
        try {
            Fetch current = fetch;
            if (current == null) {
                return next == urls.size() ? finish(code) : open(task, urls.get(next++));
            }
            HttpResponse response = current.poll(task);
            if (response == null) {
                return isLate(task) ? late() : Step.WAITING;
            }
            return answered(task, current, response);
        } catch (FileException broken) {
            return broken(broken);
        }
    }

    private Step begin(Task task) {
        List<String> words = arguments(task);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String value = i + 1 < words.size() ? words.get(i + 1) : "";
            if (word.startsWith("--")) {
                i += option(task, word.substring(2), value) ? 1 : 0;
            } else if (word.startsWith("-") && word.length() > 1) {
                i += letters(task, word, value) ? 1 : 0;
            } else {
                urls.add(word);
            }
        }
        if (urls.isEmpty()) {
            print(
                    2,
                    Raw.bytes(
                            "curl: (2) no URL specified\ncurl: try 'curl --help' or 'curl --manual'"
                                    + " for more information\n"));
            return finish(2);
        }
        return Step.MORE;
    }

    /** Whether the following word was the value of the last letter. */
    private boolean letters(Task task, String word, String following) {
        for (int i = 1; i < word.length(); i++) {
            String name =
                    switch (word.charAt(i)) {
                        case 's' -> "silent";
                        case 'S' -> "show-error";
                        case 'f' -> "fail";
                        case 'L' -> "location";
                        case 'i' -> "include";
                        case 'I' -> "head";
                        case 'k' -> "insecure";
                        case 'O' -> "remote-name";
                        case 'X' -> "request";
                        case 'H' -> "header";
                        case 'd' -> "data";
                        case 'o' -> "output";
                        case 'w' -> "write-out";
                        case 'm' -> "max-time";
                        case 'u' -> "user";
                        case 'A' -> "user-agent";
                        default -> "";
                    };
            boolean attached = i + 1 < word.length();
            if (option(task, name, attached ? word.substring(i + 1) : following)) {
                return !attached;
            }
        }
        return false;
    }

    /** Whether the option took the value. */
    private boolean option(Task task, String name, String value) {
        switch (name) {
            case "silent" -> silent = true;
            case "show-error" -> showErrors = true;
            case "fail" -> fails = true;
            case "location" -> follows = true;
            case "include" -> include = true;
            case "head" -> {
                method = "HEAD";
                include = true;
            }
            case "insecure" -> insecure = true;
            case "remote-name" -> remoteName = true;
            default -> {
                return valued(task, name, value);
            }
        }
        return false;
    }

    private boolean valued(Task task, String name, String value) {
        switch (name) {
            case "request" -> method = value;
            case "header" -> {
                int colon = value.indexOf(':');
                if (colon > 0) {
                    headers.add(
                            new Header(
                                    value.substring(0, colon), value.substring(colon + 1).strip()));
                }
            }
            case "data", "data-raw", "data-binary" ->
                    data = value.startsWith("@") ? content(task, value.substring(1)) : value;
            case "output" -> output = value;
            case "write-out" -> format = value;
            case "cacert" -> authorities = content(task, value);
            case "user-agent" -> headers.add(new Header("User-Agent", value));
            case "max-time" -> longest = seconds(value, longest);
            case "connect-timeout", "interface", "user", "retry", "retry-delay", "resolve" -> {}
            default -> {
                return false;
            }
        }
        return true;
    }

    private static Duration seconds(String text, Duration otherwise) {
        Duration read = Sleep.duration(text);
        return read == null ? otherwise : read;
    }

    private static String content(Task task, String path) {
        try {
            if (task.machine().files().readable(task.absolute(path), task.user())
                    instanceof RegularFile file) {
                byte[] bytes = file.content();
                return Raw.of(bytes, 0, bytes.length);
            }
        } catch (FileException _) {
            // as if it were empty
        }
        return "";
    }

    private Step open(Task task, String text) {
        Url url = Url.of(text);
        if (url == null) {
            return failed(3, "URL rejected: Malformed input to a URL function");
        }
        deadline = task.machine().host().instant().plus(longest);
        String verb = method.isEmpty() ? (data == null ? "GET" : "POST") : method;
        List<Header> all = new ArrayList<>(headers);
        if (data != null
                && headers.stream().noneMatch(h -> h.name().equalsIgnoreCase("Content-Type"))) {
            all.add(new Header("Content-Type", "application/x-www-form-urlencoded"));
        }
        fetch = Fetch.of(task, url, insecure, authorities);
        fetch.send(verb, all, Raw.bytes(data == null ? "" : data), "curl/8.12.1");
        return Step.MORE;
    }

    private boolean isLate(Task task) {
        Instant until = deadline;
        if (until == null) {
            return false;
        }
        if (!task.machine().host().instant().isBefore(until)) {
            return true;
        }
        if (longest.toDays() < 1) {
            task.wakeAt(until);
        }
        return false;
    }

    private Step late() {
        return failed(
                28,
                "Operation timed out after "
                        + longest.toMillis()
                        + " milliseconds with 0 bytes received");
    }

    private Step answered(Task task, Fetch from, HttpResponse response) {
        from.close();
        fetch = null;
        String location = response.header("Location");
        if (follows && response.status() / 100 == 3 && !location.isEmpty()) {
            if (++redirects > MOST_REDIRECTS) {
                return failed(47, "Maximum (" + MOST_REDIRECTS + ") redirects followed");
            }
            return open(task, from.url().resolve(location));
        }
        if (fails && response.status() >= 400) {
            return failed(22, "The requested URL returned error: " + response.status());
        }
        byte[] shown = include ? withHead(response) : response.body();
        String file = remoteName ? from.url().fileName() : output;
        if (file.isEmpty() || file.equals("-")) {
            print(1, shown);
        } else {
            write(task, file, shown);
        }
        if (!format.isEmpty()) {
            print(written(response, from.url()));
        }
        return Step.MORE;
    }

    private static void write(Task task, String path, byte[] bytes) {
        var opened = task.open(path, true, false, true, true);
        opened.channel().write(bytes, 0, bytes.length, task);
        opened.release();
    }

    private static byte[] withHead(HttpResponse response) {
        StringBuilder head = new StringBuilder();
        head.append("HTTP/1.1 ").append(response.status()).append(' ').append(response.reason());
        head.append("\r\n");
        response.headers()
                .forEach(header ->
                        head.append(header.name())
                                .append(": ")
                                .append(header.value())
                                .append("\r\n"));
        head.append("\r\n");
        return Raw.bytes(head + Raw.of(response.body(), 0, response.body().length));
    }

    private String written(HttpResponse response, Url url) {
        return format.replace("%{http_code}", Integer.toString(response.status()))
                .replace("%{response_code}", Integer.toString(response.status()))
                .replace("%{size_download}", Integer.toString(response.body().length))
                .replace("%{content_type}", response.header("Content-Type"))
                .replace("%{url_effective}", url.text())
                .replace("\\n", "\n")
                .replace("\\t", "\t");
    }

    private Step broken(FileException broken) {
        Fetch current = fetch;
        Connection connection = current == null ? null : current.connection();
        if (connection != null && broken.errno() == Errno.EPROTO) {
            return failed(60, "SSL certificate problem: " + Fetch.tlsFault(connection));
        }
        if (broken.errno() == Errno.ECONNRESET) {
            return failed(52, "Empty reply from server");
        }
        String host = next == 0 ? "" : urls.get(next - 1);
        Url url = Url.of(host);
        if (broken.errno() == Errno.ENOENT) {
            return failed(6, "Could not resolve host: " + (url == null ? host : url.host()));
        }
        return failed(
                7,
                "Failed to connect to "
                        + (url == null ? host : url.host() + " port " + url.port())
                        + " after 0 ms: Could not connect to server");
    }

    private Step failed(int exit, String message) {
        if (fetch != null) {
            fetch.close();
            fetch = null;
        }
        if (!silent || showErrors) {
            print(2, Raw.bytes("curl: (" + exit + ") " + message + "\n"));
        }
        if (!format.isEmpty()) {
            print(format.replaceAll("%\\{(http|response)_code\\}", "000").replace("\\n", "\n"));
        }
        code = exit;
        return Step.MORE;
    }
}
