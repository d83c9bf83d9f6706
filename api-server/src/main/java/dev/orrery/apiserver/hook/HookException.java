package dev.orrery.apiserver.hook;

/** No answer, and why, in the words of Go's HTTP client. */
public final class HookException extends RuntimeException {

    public HookException(HookCall call, String why) {
        this("Post \"" + call.url() + "\": " + why);
    }

    public HookException(String message) {
        super(message, null, false, false);
    }

    public String text() {
        return String.valueOf(getMessage());
    }
}
