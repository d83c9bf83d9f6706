package dev.orrery.userland;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * The line discipline between a typist and a task: echoes, gathers a line, lets it be corrected,
 * and turns ^C into an interrupt of the tasks on the terminal and ^D into the end of input.
 */
public final class Terminal {
    private static void nothing() {}

    private final Machine machine;
    private final Input input;
    private final Sink screen;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int columns = 80;
    private int rows = 24;

    Terminal(Machine machine, Input input, Sink screen) {
        this.machine = machine;
        this.input = input;
        this.screen = screen;
    }

    public int columns() {
        return columns;
    }

    public int rows() {
        return rows;
    }

    void resize(int newColumns, int newRows) {
        columns = newColumns;
        rows = newRows;
        machine.signalTerminal(this, Signals.WINCH);
    }

    void type(byte[] keys) {
        for (byte key : keys) {
            type(key);
        }
    }

    private void type(byte key) {
        switch (key) {
            case 3 -> interrupt();
            case 4 -> endOfInput();
            case 8, 127 -> erase(1);
            case 21 -> erase(line.size());
            case '\r', '\n' -> {
                line.write('\n');
                echo("\r\n");
                input.offer(line.toByteArray(), Terminal::nothing);
                line.reset();
            }
            default -> {
                line.write(key);
                screen.accept(new byte[] {key});
            }
        }
    }

    private void interrupt() {
        line.reset();
        echo("^C\r\n");
        machine.signalTerminal(this, Signals.INT);
    }

    private void endOfInput() {
        if (line.size() == 0) {
            input.end();
        } else {
            input.offer(line.toByteArray(), Terminal::nothing);
            line.reset();
        }
    }

    private void erase(int count) {
        byte[] typed = line.toByteArray();
        int kept = Math.max(0, typed.length - count);
        line.reset();
        line.write(typed, 0, kept);
        echo("\b \b".repeat(typed.length - kept));
    }

    private void echo(String text) {
        screen.accept(dev.orrery.userland.file.Raw.bytes(text));
    }

    /** What a terminal shows of printed bytes: each line feed also returns the carriage. */
    static byte[] cooked(byte[] bytes) {
        byte[] cooked = new byte[bytes.length * 2];
        int length = 0;
        for (byte value : bytes) {
            if (value == '\n') {
                cooked[length++] = '\r';
            }
            cooked[length++] = value;
        }
        return Arrays.copyOf(cooked, length);
    }
}
