package dev.orrery.apiserver.cel.function;

import dev.cel.common.types.SimpleType;
import java.util.Map;

/** All functions of Kubernetes 1.36 that are not CEL's own. */
public final class Libraries {

    /** Not for users, who cannot write this name: whether a value may have fields. */
    public static final String HAS_FIELDS = "@has_fields";

    private Libraries() {}

    public static Functions all() {
        Functions functions = new Functions();
        QuantityFunctions.addTo(functions);
        UrlFunctions.addTo(functions);
        IpFunctions.addTo(functions);
        CidrFunctions.addTo(functions);
        SemverFunctions.addTo(functions);
        RegexFunctions.addTo(functions);
        ListFunctions.addTo(functions);
        FormatFunctions.addTo(functions);
        StringFormatting.addTo(functions);
        AuthorizerFunctions.addTo(functions);
        functions.global(
                "jsonpatch.escapeKey",
                "string_jsonpatch_escapeKey_string",
                SimpleType.STRING,
                arguments -> ((String) arguments[0]).replace("~", "~0").replace("/", "~1"),
                SimpleType.STRING);
        functions.global(
                HAS_FIELDS,
                "has_fields_dyn",
                SimpleType.BOOL,
                arguments -> arguments[0] instanceof Map,
                SimpleType.DYN);
        return functions;
    }
}
