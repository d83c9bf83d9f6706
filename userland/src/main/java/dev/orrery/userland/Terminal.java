package dev.orrery.userland;

import dev.orrery.userland.file.Raw;

/**
 * The line discipline between a typist and a task: echoes, gathers a line, lets it be corrected and
 * earlier ones be called back, and turns ^C into an interrupt of the tasks on the terminal and ^D
 * into the end of input. On the machine's lane.
 */
public final class Terminal {

    private static final char ESCAPE = 27;

    private final Machine machine;
    private final Input input;
    private final Sink screen;
    private final TypedLine line = new TypedLine();
    private final StringBuilder sequence = new StringBuilder();
    private boolean room = true;
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
        if (newColumns > 0 && newRows > 0) {
            columns = newColumns;
            rows = newRows;
            machine.signalTerminal(this, Signals.WINCH);
        }
    }

    /** False asks to wait with more keys: the screen has not taken what there was. */
    boolean type(byte[] keys) {
        room = true;
        for (byte key : keys) {
            type((char) (key & 0xff));
        }
        return room;
    }

    private void type(char key) {
        if (!sequence.isEmpty()) {
            sequence.append(key);
            if (sequence.length() > 2
                    ? key >= '@' || sequence.length() > 8
                    : key != '[' && key != 'O') {
                echo(line.command(sequence.toString()));
                sequence.setLength(0);
            }
            return;
        }
        switch (key) {
            case ESCAPE -> sequence.append(key);
            case 3 -> interrupt();
            case 4 -> endOfInput();
            case '\r', '\n' -> enter();
            default -> echo(line.type(key));
        }
    }

    private void enter() {
        echo("\r\n");
        offer(line.enter() + "\n");
    }

    private void interrupt() {
        line.enter();
        echo("^C\r\n");
        machine.signalTerminal(this, Signals.INT);
    }

    private void endOfInput() {
        if (line.isEmpty()) {
            input.endOnce();
        } else {
            offer(line.enter());
        }
    }

    /** What nobody reads is lost above a bound, as a terminal's own buffer is finite. */
    private void offer(String text) {
        if (!input.offer(Raw.bytes(text), () -> {})) {
            echo("\7");
        }
    }

    private void echo(String text) {
        if (!text.isEmpty()) {
            room &= screen.accept(Raw.bytes(text));
        }
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
        return java.util.Arrays.copyOf(cooked, length);
    }
}
