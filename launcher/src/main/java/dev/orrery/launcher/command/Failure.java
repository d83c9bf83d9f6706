package dev.orrery.launcher.command;

/** A command cannot do what was asked; the message is one sentence for the user. */
public final class Failure extends RuntimeException {

    Failure(String sentence) {
        super(sentence);
    }
}
