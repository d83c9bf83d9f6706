package dev.orrery.apiserver.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.body.Trees;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A document, in JSON or as a protobuf message.
 *
 * @param hash of its content, which serves as its ETag
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are kept once; nobody compares documents
public record Document(String hash, byte[] bytes) {

    static Document of(JsonNode document) {
        return of(Trees.write(document));
    }

    static Document of(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-512").digest(bytes);
            return new Document(HexFormat.of().withUpperCase().formatHex(hash), bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-512", e);
        }
    }
}
