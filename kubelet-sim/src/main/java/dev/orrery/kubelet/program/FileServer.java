package dev.orrery.kubelet.program;

import dev.orrery.userland.Task;
import dev.orrery.userland.file.Directory;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.FileSystem;
import dev.orrery.userland.file.Node;
import dev.orrery.userland.file.Raw;
import dev.orrery.userland.file.RegularFile;
import dev.orrery.userland.http.Exchange;
import dev.orrery.userland.http.HttpResponse;
import dev.orrery.userland.http.HttpServer;

/** Serves all files of its machine, and lists its folders, as Go's file server does. */
final class FileServer extends WebProgram {

    private static final String INDEX = "index.html";
    private static final String HTML = "text/html; charset=utf-8";

    private final int port;

    FileServer(Flags flags) {
        port = flags.number("port", 80);
    }

    @Override
    void begin(Task task, HttpServer server) {
        listen(task, server, port);
    }

    @Override
    void answer(Task task, Exchange exchange) {
        exchange.answer(response(task, exchange.request().path()));
    }

    private static HttpResponse response(Task task, String path) {
        if (path.endsWith("/" + INDEX)) {
            return redirect(301, "./");
        }
        FileSystem files = task.machine().files();
        try {
            Node node = files.get(path, task.user());
            if (!(node instanceof Directory)) {
                return file(files, path, task);
            }
            if (!path.endsWith("/")) {
                return redirect(301, path.substring(path.lastIndexOf('/') + 1) + "/");
            }
            return files.find(path + INDEX, task.user()) instanceof RegularFile
                    ? file(files, path + INDEX, task)
                    : HttpResponse.of(200, HTML, Raw.bytes(listing(files, path, task)));
        } catch (FileException refused) {
            return switch (refused.errno()) {
                case EACCES -> HttpResponse.text(403, "403 Forbidden\n");
                case ENOENT, ENOTDIR -> notFound();
                default -> HttpResponse.text(500, "500 Internal Server Error\n");
            };
        }
    }

    private static HttpResponse file(FileSystem files, String path, Task task) {
        return files.readable(path, task.user()) instanceof RegularFile file
                ? HttpResponse.of(200, StaticFiles.type(path), file.content())
                : HttpResponse.text(403, "403 Forbidden\n");
    }

    private static String listing(FileSystem files, String path, Task task) {
        StringBuilder page = new StringBuilder("<!doctype html>\n");
        page.append("<meta name=\"viewport\" content=\"width=device-width\">\n<pre>\n");
        for (String name : files.list(path, task.user())) {
            boolean folder = files.find(path + name, task.user()) instanceof Directory;
            String shown = folder ? name + "/" : name;
            page.append("<a href=\"").append(shown).append("\">");
            page.append(shown).append("</a>\n");
        }
        return page.append("</pre>\n").toString();
    }
}
