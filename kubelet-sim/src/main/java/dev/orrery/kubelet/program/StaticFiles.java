package dev.orrery.kubelet.program;

import dev.orrery.userland.Task;
import dev.orrery.userland.file.Directory;
import dev.orrery.userland.file.Errno;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.FileSystem;
import dev.orrery.userland.file.Node;
import dev.orrery.userland.file.RegularFile;
import dev.orrery.userland.http.Exchange;
import dev.orrery.userland.http.HttpRequest;
import dev.orrery.userland.http.HttpResponse;

/** Serves a folder of the machine, as web servers do by default. */
final class StaticFiles {

    private final String root;

    StaticFiles(String root) {
        this.root = root;
    }

    void answer(Task task, Exchange exchange) {
        exchange.answer(response(task, exchange.request()));
    }

    private HttpResponse response(Task task, HttpRequest request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return page(405);
        }
        String path = request.path();
        if (path.contains("..")) {
            return page(400);
        }
        try {
            FileSystem files = task.machine().files();
            Node node = files.get(root + path, task.user());
            String name = path;
            if (node instanceof Directory) {
                name = path.endsWith("/") ? path + "index.html" : path + "/index.html";
                node = files.find(root + name, task.user());
            }
            return node instanceof RegularFile file
                    ? HttpResponse.of(200, type(name), file.content())
                    : page(403);
        } catch (FileException refused) {
            return page(refused.errno() == Errno.EACCES ? 403 : 404);
        }
    }

    private static HttpResponse page(int status) {
        String title = status + " " + HttpResponse.words(status);
        String text =
                "<html>\r\n<head><title>"
                        + title
                        + "</title></head>\r\n<body>\r\n<center><h1>"
                        + title
                        + "</h1></center>\r\n</body>\r\n</html>\r\n";
        return HttpResponse.of(status, "text/html", dev.orrery.userland.file.Raw.bytes(text));
    }

    static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html", "htm" -> "text/html";
            case "json" -> "application/json";
            case "css" -> "text/css";
            case "js" -> "application/javascript";
            case "txt" -> "text/plain";
            case "xml" -> "text/xml";
            case "png" -> "image/png";
            case "jpg", "jpeg" -> "image/jpeg";
            default -> "application/octet-stream";
        };
    }
}
