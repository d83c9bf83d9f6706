package dev.orrery.userland.applet;

import dev.orrery.userland.Task;
import dev.orrery.userland.file.Raw;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Filters that show bytes in other forms. */
final class Digests {
    private Digests() {}

    /** {@code sha256sum} and the like. */
    static final class Sum extends Filter {
        private final MessageDigest digest;
        private String name = "-";

        Sum(String algorithm) {
            try {
                digest = MessageDigest.getInstance(algorithm);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has " + algorithm, e);
            }
        }

        @Override
        List<String> begin(Task task) {
            return new Options(arguments(task), "").operands();
        }

        @Override
        void opened(String file) {
            name = file;
        }

        @Override
        void bytes(Task task, String chunk) {
            digest.update(Raw.bytes(chunk));
        }

        @Override
        void ended(Task task) {
            print(HexFormat.of().formatHex(digest.digest()) + "  " + name + "\n");
        }
    }

    /** {@code base64}, both ways. */
    static final class Base64 extends Filter {
        private final ByteArrayOutputStream all = new ByteArrayOutputStream();
        private boolean decode;
        private int width = 76;

        @Override
        List<String> begin(Task task) {
            Options options = new Options(arguments(task), "w:");
            decode = options.has('d') || options.has('D') || arguments(task).contains("--decode");
            String given = options.value('w');
            width = given != null && given.matches("\\d{1,6}") ? Integer.parseInt(given) : width;
            return options.operands();
        }

        @Override
        void bytes(Task task, String chunk) {
            all.writeBytes(Raw.bytes(chunk));
            task.machine().charge(task, chunk.length());
        }

        @Override
        void complete(Task task) {
            if (!decode) {
                encode();
                return;
            }
            String text = Raw.of(all.toByteArray(), 0, all.size()).replaceAll("\\s", "");
            try {
                print(1, java.util.Base64.getDecoder().decode(text));
            } catch (IllegalArgumentException malformed) {
                complain(task, "invalid input");
            }
        }

        private void encode() {
            String text =
                    width == 0
                            ? java.util.Base64.getEncoder().encodeToString(all.toByteArray())
                            : Raw.of(
                                    java.util.Base64.getMimeEncoder(
                                                    width / 4 * 4, new byte[] {'\n'})
                                            .encode(all.toByteArray()),
                                    0,
                                    java.util.Base64.getMimeEncoder(
                                                    width / 4 * 4, new byte[] {'\n'})
                                            .encode(all.toByteArray())
                                            .length);
            print(text.isEmpty() || width == 0 ? text : text + "\n");
        }
    }

    /** {@code hexdump -C}, and without it words of two bytes. */
    static final class HexDump extends Filter {
        private final StringBuilder line = new StringBuilder();
        private boolean canonical;
        private int offset;

        @Override
        List<String> begin(Task task) {
            Options options = new Options(arguments(task), "n:s:");
            canonical = options.has('C');
            return options.operands();
        }

        @Override
        void bytes(Task task, String chunk) {
            line.append(chunk);
            while (line.length() >= 16) {
                show(line.substring(0, 16));
                line.delete(0, 16);
            }
        }

        @Override
        void complete(Task task) {
            if (!line.isEmpty()) {
                show(line.toString());
            }
            print(String.format(canonical ? "%08x\n" : "%07x\n", offset));
        }

        private void show(String bytes) {
            StringBuilder out = new StringBuilder();
            out.append(String.format(canonical ? "%08x  " : "%07x", offset));
            if (canonical) {
                for (int i = 0; i < 16; i++) {
                    out.append(
                            i < bytes.length()
                                    ? String.format("%02x ", (int) bytes.charAt(i))
                                    : "   ");
                    out.append(i == 7 ? " " : "");
                }
                out.append(" |").append(bytes.replaceAll("[^ -~]", ".")).append('|');
            } else {
                for (int i = 0; i < bytes.length(); i += 2) {
                    int low = bytes.charAt(i);
                    int high = i + 1 < bytes.length() ? bytes.charAt(i + 1) : 0;
                    out.append(String.format(" %04x", high << 8 | low));
                }
            }
            print(out + "\n");
            offset += bytes.length();
        }
    }
}
