package dev.orrery.kubelet.program;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.userland.Task;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.Raw;
import dev.orrery.userland.file.User;
import dev.orrery.userland.http.Exchange;
import dev.orrery.userland.http.HttpRequest;
import dev.orrery.userland.http.HttpResponse;
import dev.orrery.userland.http.HttpServer;
import dev.orrery.userland.network.Bound;
import dev.orrery.userland.network.Datagram;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A server that does what its caller wants: echoes, runs commands, calls others, ends. */
final class Netexec extends WebProgram {

    /** Those beyond are lost, as with any socket. */
    private static final int MOST_DATAGRAMS = 256;

    private static final JsonMapper JSON = new JsonMapper();

    private final int port;
    private final int udpPort;
    private final boolean secure;
    private final String override;

    Netexec(Flags flags) {
        port = flags.number("http-port", 8080);
        udpPort = flags.number("udp-port", 8081);
        secure = !flags.text("tls-cert-file", "").isEmpty();
        override = flags.text("http-override", "");
    }

    @Override
    void begin(Task task, HttpServer server) {
        log(task, "Started HTTP server on port " + port);
        if (secure) {
            listenEither(task, server, port);
        } else {
            listen(task, server, port);
        }
        if (udpPort > 0) {
            log(task, "Started UDP server on port  " + udpPort);
            hear(task);
        }
    }

    /** Answers datagrams, each with one. */
    private void hear(Task task) {
        Queue<Datagram> waiting = new ConcurrentLinkedQueue<>();
        Bound bound =
                task.machine()
                        .network()
                        .receive(
                                "",
                                udpPort,
                                datagram -> {
                                    if (waiting.size() < MOST_DATAGRAMS) {
                                        waiting.add(datagram);
                                        task.wake();
                                    }
                                });
        task.whenOver(bound.release());
        goOn(() -> {
            for (Datagram each = waiting.poll(); each != null; each = waiting.poll()) {
                reply(task, each);
            }
            return false;
        });
    }

    private static void reply(Task task, Datagram datagram) {
        String[] words = Raw.of(datagram.bytes(), 0, datagram.bytes().length).strip().split(" ", 2);
        String command = words[0].toLowerCase(Locale.ROOT);
        String answer =
                switch (command) {
                    case "echo" -> words.length > 1 ? words[1] : "";
                    case "clientip" -> datagram.from().toString();
                    case "hostname" -> Raw.of(task.machine().hostname());
                    default -> "";
                };
        if (!answer.isEmpty()) {
            try {
                task.machine().network().send(datagram.reply(Raw.bytes(answer)));
            } catch (FileException gone) {
                // nobody waits for it any more
            }
        }
    }

    @Override
    void answer(Task task, Exchange exchange) {
        HttpRequest request =
                override.isEmpty()
                        ? exchange.request()
                        : new HttpRequest(
                                "GET",
                                override,
                                exchange.request().headers(),
                                new byte[0],
                                exchange.request().peer());
        Answering answering = new Answering(task, exchange, request);
        switch (request.path()) {
            case "/clientip" -> {
                log(task, "GET /clientip");
                exchange.answer(ok(peer(request)));
            }
            case "/dial" -> answering.dial();
            case "/echo" -> answering.echo();
            case "/exit" -> answering.exit();
            case "/shutdown" -> {
                log(task, "GET /shutdown");
                finish(0);
            }
            case "/healthz" -> {
                log(task, "GET /healthz");
                exchange.answer(HttpResponse.text(200, ""));
            }
            case "/header" ->
                    exchange.answer(HttpResponse.text(200, request.header(answering.text("key"))));
            case "/hostname", "/hostName" -> {
                log(task, "GET " + request.path());
                exchange.answer(ok(task.machine().hostname()));
            }
            case "/redirect" -> answering.redirect();
            case "/shell" -> answering.shell();
            case "/upload" -> answering.upload();
            default -> {
                log(task, "GET /");
                exchange.answer(
                        ok("NOW: " + GoLog.time(GoLog.now(task)) + " m=+" + GoLog.seconds(task)));
            }
        }
    }

    private static String peer(HttpRequest request) {
        return request.peer().contains(":") ? request.peer() : request.peer() + ":40000";
    }

    /** One request. */
    private final class Answering {

        private final Task task;
        private final Exchange exchange;
        private final HttpRequest request;

        Answering(Task task, Exchange exchange, HttpRequest request) {
            this.task = task;
            this.exchange = exchange;
            this.request = request;
        }

        String text(String parameter) {
            return Raw.text(request.parameters().getOrDefault(parameter, ""));
        }

        void echo() {
            String message = text("msg");
            String code = text("code");
            log(task, "GET /echo?msg=" + message + "&code=" + code);
            if (!code.isEmpty() && !code.matches("[1-5]\\d\\d")) {
                exchange.answer(
                        ok("argument 'code' must be an integer or empty, got \"" + code + "\"\n"));
                return;
            }
            exchange.answer(
                    HttpResponse.text(
                            code.isEmpty() ? 200 : Integer.parseInt(code), Raw.of(message)));
        }

        void redirect() {
            String code = text("code");
            int status = code.matches("3\\d\\d") ? Integer.parseInt(code) : 302;
            log(task, "GET /redirect?location=" + text("location") + "&code=" + code);
            exchange.answer(WebProgram.redirect(status, Raw.of(text("location"))));
        }

        void exit() {
            String code = text("code");
            Duration wait = GoLog.duration(text("wait"));
            log(
                    task,
                    "GET /exit?code="
                            + code
                            + "&timeout="
                            + text("timeout")
                            + "&wait="
                            + text("wait"));
            int status = code.matches("\\d{1,3}") ? Integer.parseInt(code) : 0;
            Instant end = GoLog.now(task).plus(wait);
            goOn(() -> {
                if (GoLog.now(task).isBefore(end)) {
                    task.wakeAt(end);
                    return false;
                }
                finish(status);
                return true;
            });
        }

        void shell() {
            String given = text("shellCommand");
            String command = given.isEmpty() ? text("cmd") : given;
            log(task, "GET /shell?cmd=" + command);
            ChildOutput child = ChildOutput.of(task, Raw.of(command));
            goOn(() -> {
                Integer code = child.poll(task);
                if (code == null) {
                    return false;
                }
                ObjectNode output = JSON.createObjectNode();
                if (!child.text().isEmpty()) {
                    output.put("output", child.text());
                }
                if (code != 0) {
                    output.put("error", "exit status " + code);
                }
                exchange.answer(ok(output.toString()));
                return true;
            });
        }

        void dial() {
            String tries = text("tries");
            log(
                    task,
                    "GET /dial?host="
                            + text("host")
                            + "&protocol="
                            + text("protocol")
                            + "&port="
                            + text("port")
                            + "&request="
                            + text("request")
                            + "&tries="
                            + tries);
            if (text("request").isEmpty()) {
                exchange.answer(HttpResponse.text(400, "request parameter not specified. <nil>\n"));
                return;
            }
            Dialer dialer =
                    new Dialer(
                            text("host"),
                            text("port"),
                            text("request"),
                            text("protocol").equals("udp"),
                            tries.matches("\\d{1,3}") ? Integer.parseInt(tries) : 1);
            goOn(() -> {
                boolean over = dialer.advance(task);
                if (over) {
                    exchange.answer(ok(dialer.json()));
                }
                return over;
            });
        }

        void upload() {
            log(task, "GET /upload");
            ObjectNode output = JSON.createObjectNode();
            byte[] content = Multipart.file(request);
            if (content == null) {
                output.put("error", "Unable to upload file.");
            } else {
                String path =
                        "/uploads/upload" + Math.abs(task.machine().host().random().nextInt());
                try {
                    task.machine().files().makeDirectories("/uploads");
                    task.machine().files().force(path, content, 0755, User.ROOT);
                    output.put("output", path);
                } catch (FileException full) {
                    output.put("error", "Unable to write file.");
                }
            }
            exchange.answer(ok(output.toString()));
        }
    }
}
