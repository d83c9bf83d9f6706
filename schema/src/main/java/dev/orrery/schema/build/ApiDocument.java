package dev.orrery.schema.build;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.orrery.schema.build.ResourceTable.Row;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The OpenAPI v3 document of one group and version. */
final class ApiDocument {

    /** Of the Kubernetes whose API the model library has. */
    static final String VERSION = "v1.36.0";

    private ApiDocument() {}

    static byte[] write(
            String groupVersion,
            List<Row> rows,
            Map<String, ModelType> types,
            Map<String, String> kinds)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SchemaWriter schemas = new SchemaWriter(types, groupVersion);
        try (JsonGenerator out = new JsonFactory().createGenerator(bytes)) {
            out.writeStartObject();
            out.writeStringField("openapi", "3.0.0");
            out.writeObjectFieldStart("info");
            out.writeStringField("title", "Kubernetes");
            out.writeStringField("version", VERSION);
            out.writeEndObject();
            out.writeObjectFieldStart("paths");
            new PathWriter(out, groupVersion, kinds, schemas::ask).write(rows);
            out.writeEndObject();
            out.writeObjectFieldStart("components");
            out.writeObjectFieldStart("schemas");
            schemas.writeAsked(out);
            out.writeEndObject();
            out.writeEndObject();
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
