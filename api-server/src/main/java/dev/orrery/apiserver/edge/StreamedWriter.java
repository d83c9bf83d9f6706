package dev.orrery.apiserver.edge;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Lets a watch write itself: it goes on long after this has returned. */
@Provider
public final class StreamedWriter implements ServerMessageBodyWriter<Streamed> {

    @Override
    public boolean isWriteable(
            Class<?> type, Type generic, ResteasyReactiveResourceInfo target, MediaType media) {
        return Streamed.class.isAssignableFrom(type);
    }

    @Override
    public boolean isWriteable(
            Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return Streamed.class.isAssignableFrom(type);
    }

    @Override
    public void writeResponse(Streamed watch, Type generic, ServerRequestContext context) {
        watch.start();
    }

    @Override
    public void writeTo(
            Streamed watch,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, Object> headers,
            OutputStream output) {
        throw new UnsupportedOperationException("a watch does not fit into a blocking stream");
    }
}
