package dev.orrery.controllermanager.podautoscaler;

/** A metric is not to be had, or says nothing. The message is for the autoscaler's status. */
public final class MetricException extends RuntimeException {

    private final String text;

    public MetricException(String message) {
        super(message);
        this.text = message;
    }

    String text() {
        return text;
    }

    /** The same, with what was being done in front. */
    MetricException within(String doing) {
        return new MetricException(doing + ": " + text);
    }
}
