package dev.orrery.userland.network;

import java.util.List;

/** What a name server says to one question. */
public record Lookup(Status status, List<NameRecord> answers) {

    /** As in the answer's header; or that there is none. */
    public enum Status {
        NOERROR,
        NXDOMAIN,
        SERVFAIL,
        UNANSWERED
    }

    public static final Lookup NXDOMAIN = new Lookup(Status.NXDOMAIN, List.of());
    public static final Lookup NO_DATA = new Lookup(Status.NOERROR, List.of());
    public static final Lookup SERVFAIL = new Lookup(Status.SERVFAIL, List.of());
    public static final Lookup UNANSWERED = new Lookup(Status.UNANSWERED, List.of());

    public Lookup {
        answers = List.copyOf(answers);
    }

    public static Lookup of(List<NameRecord> answers) {
        return new Lookup(Status.NOERROR, answers);
    }

    /** What the records of one type say, in their order. */
    public List<String> data(RecordType type) {
        return answers.stream().filter(each -> each.type() == type).map(NameRecord::data).toList();
    }
}
