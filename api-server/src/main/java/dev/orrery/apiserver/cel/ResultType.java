package dev.orrery.apiserver.cel;

/** What an expression may be asked to give. */
public enum ResultType {
    ANY("any"),
    BOOL("bool"),
    INT("int"),
    STRING("string"),
    NULL("null_type"),
    /** What a mutation by apply gives. */
    OBJECT("Object"),
    /** What a mutation by JSON patch gives. */
    PATCHES("list(JSONPatch)");

    private final String text;

    ResultType(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
