package dev.orrery.machinery.component;

import dev.orrery.machinery.store.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtHandler;

/** Log lines as JSON objects, one a line, for whoever collects them. */
final class JsonLines extends Formatter {

    private final String service;

    private JsonLines(String service) {
        this.service = service;
    }

    /** From now on every handler of this process writes so. */
    static void use(String service) {
        for (Handler handler : LogManager.getLogManager().getLogger("").getHandlers()) {
            use(handler, new JsonLines(service));
        }
    }

    private static void use(Handler handler, JsonLines lines) {
        handler.setFormatter(lines);
        if (handler instanceof ExtHandler several) {
            for (Handler one : several.getHandlers()) {
                use(one, lines);
            }
        }
    }

    @Override
    public String format(LogRecord record) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("time", record.getInstant().toString());
        fields.put("level", record.getLevel().getName());
        fields.put("service", service);
        fields.put("logger", record.getLoggerName());
        fields.put("message", formatMessage(record));
        if (record.getThrown() != null) {
            StringWriter trace = new StringWriter();
            record.getThrown().printStackTrace(new PrintWriter(trace));
            fields.put("error", trace.toString());
        }
        return new String(Json.write(fields), StandardCharsets.UTF_8) + '\n';
    }
}
