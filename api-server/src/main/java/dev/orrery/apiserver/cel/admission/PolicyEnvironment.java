package dev.orrery.apiserver.cel.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.cel.Compilation;
import dev.orrery.apiserver.cel.DeclaredType;
import dev.orrery.apiserver.cel.DeclaredType.Member;
import dev.orrery.apiserver.cel.DeclaredType.Opaque;
import dev.orrery.apiserver.cel.DeclaredType.Struct;
import dev.orrery.apiserver.cel.Environment;
import dev.orrery.apiserver.cel.Json;
import dev.orrery.apiserver.cel.ResultType;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The environments of one policy's expressions, as its variables are added to them in turn: each
 * sees those before it. Used by one thread. What has no variables shares its environment, and with
 * it what has been compiled.
 */
public final class PolicyEnvironment {

    public static final String OBJECT = "object";
    public static final String OLD_OBJECT = "oldObject";
    public static final String REQUEST = "request";
    public static final String NAMESPACE = "namespaceObject";
    public static final String PARAMS = "params";
    public static final String VARIABLES = "variables";

    private static final Environment PLAIN =
            Environment.of(
                    Map.of(
                            OBJECT, DeclaredType.DYN,
                            OLD_OBJECT, DeclaredType.DYN,
                            REQUEST, AdmissionTypes.REQUEST,
                            NAMESPACE, AdmissionTypes.NAMESPACE));

    private static final Environment AUTHORIZING =
            PLAIN.with(AuthorizerVariables.AUTHORIZER, new Opaque(AuthorizerVariables.TYPE))
                    .with(
                            AuthorizerVariables.REQUEST_RESOURCE,
                            new Opaque(AuthorizerVariables.RESOURCE_TYPE));

    private static final Environment AUTHORIZING_WITH_PARAMS =
            AUTHORIZING.with(PARAMS, DeclaredType.DYN);
    private static final Environment PLAIN_WITH_PARAMS = PLAIN.with(PARAMS, DeclaredType.DYN);
    private static final Environment PATCHING = AUTHORIZING.makingPatches();
    private static final Environment PATCHING_WITH_PARAMS = AUTHORIZING_WITH_PARAMS.makingPatches();

    private final Map<String, Member> variables = new HashMap<>();
    private Environment conditions;
    private Environment messages;
    private Environment mutations;

    /**
     * @param params whether the policy has parameters
     */
    public PolicyEnvironment(boolean params) {
        this.conditions = params ? AUTHORIZING_WITH_PARAMS : AUTHORIZING;
        this.messages = params ? PLAIN_WITH_PARAMS : PLAIN;
        this.mutations = params ? PATCHING_WITH_PARAMS : PATCHING;
    }

    /**
     * Of a policy about objects of one type, to find out what is wrong with it; its expressions may
     * be of any type.
     *
     * @param params null for no parameters
     */
    public static PolicyEnvironment typed(DeclaredType object, @Nullable DeclaredType params) {
        PolicyEnvironment environment = new PolicyEnvironment(params != null);
        Environment typed = environment.conditions.with(OBJECT, object).with(OLD_OBJECT, object);
        environment.conditions = params == null ? typed : typed.with(PARAMS, params);
        return environment;
    }

    /** Of any type. */
    public Compilation any(String text) {
        return conditions.compile(text, ResultType.ANY);
    }

    /** The value of {@code request}. */
    public static Object request(ObjectNode request) {
        return Json.wrap(request, AdmissionTypes.REQUEST);
    }

    /** The value of {@code namespaceObject}. */
    public static Object namespace(ObjectNode namespace) {
        return Json.wrap(namespace, AdmissionTypes.NAMESPACE);
    }

    /** Compiles a variable, and lets what follows see it. */
    public Compilation addVariable(String name, String text) {
        Compilation compilation = conditions.compile(text, ResultType.ANY);
        DeclaredType type =
                compilation instanceof Compilation.Done done
                        ? done.expression().type()
                        : DeclaredType.DYN;
        variables.put(name, new Member(name, type));
        Struct struct = Struct.of("kubernetes.variables", variables);
        conditions = conditions.with(VARIABLES, struct);
        messages = messages.with(VARIABLES, struct);
        mutations = mutations.with(VARIABLES, struct);
        return compilation;
    }

    public Compilation condition(String text) {
        return conditions.compile(text, ResultType.BOOL);
    }

    public Compilation message(String text) {
        return messages.compile(text, ResultType.STRING);
    }

    public Compilation annotation(String text) {
        return conditions.compile(text, ResultType.STRING, ResultType.NULL);
    }

    public Compilation application(String text) {
        return mutations.compile(text, ResultType.OBJECT);
    }

    public Compilation patch(String text) {
        return mutations.compile(text, ResultType.PATCHES);
    }
}
