package dev.orrery.apiserver.cel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.cel.DeclaredType.ListOf;
import dev.orrery.apiserver.cel.DeclaredType.MapOf;
import dev.orrery.apiserver.cel.DeclaredType.Member;
import dev.orrery.apiserver.cel.DeclaredType.Struct;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final Struct LEAF =
            Struct.of(
                    "example.Leaf",
                    Map.of(
                            "name", new Member("name", DeclaredType.STRING),
                            "__namespace__", new Member("namespace", DeclaredType.STRING),
                            "weight", new Member("weight", DeclaredType.DOUBLE),
                            "since", new Member("since", DeclaredType.TIMESTAMP),
                            "wait", new Member("wait", DeclaredType.DURATION),
                            "data", new Member("data", DeclaredType.BYTES)));

    private static final Struct TREE =
            Struct.of(
                    "example.Tree",
                    Map.of(
                            "size", new Member("size", DeclaredType.INT),
                            "leaves", new Member("leaves", new ListOf(LEAF)),
                            "labels", new Member("labels", new MapOf(DeclaredType.STRING)),
                            "any", new Member("any", DeclaredType.DYN)));

    private static final Environment TYPED = Environment.of(Map.of("self", TREE));

    private static ObjectNode tree() {
        ObjectNode tree = NODES.objectNode().put("size", 2).put("unknown", true);
        ObjectNode leaf = tree.putArray("leaves").addObject().put("name", "a").put("weight", 1);
        leaf.put("namespace", "n").put("since", "2026-01-01T00:00:00Z").put("wait", "1m30s");
        leaf.put("data", "YWJj");
        tree.putObject("labels").put("app", "web");
        return tree;
    }

    private static String typed(String text, ResultType type) {
        return switch (TYPED.compile(text, type)) {
            case Compilation.Failed(String message) -> "!! " + message;
            case Compilation.Done(Expression expression) ->
                    switch (expression.evaluate(TYPED.bind(Map.of("self", tree())), new Budget())) {
                        case Outcome.Value(Object value) -> Json.of(value).toString();
                        case Outcome.Failed(String message, boolean _) -> "! " + message;
                    };
        };
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    object.spec.replicas > 1                       | true
                    object.spec.replicas + 1.0 > 2                 | ! no such overload
                    object.spec.ratio > 1                          | true
                    oldObject == null                              | true
                    oldObject.spec                                 | ! no such key: spec
                    has(oldObject.spec)                            | false
                    has(object.spec.replicas.x)                    | false
                    object.spec.foo                                | ! no such key: foo
                    has(object.spec.foo)                           | false
                    has(object.spec.replicas)                      | true
                    object.spec.gone == null                       | true
                    object.spec['replicas']                        | 3
                    object.spec['foo']                             | ! no such key: foo
                    'replicas' in object.spec                      | true
                    object.spec.namespace                          | "ns"
                    object.spec.list.all(x, x > 0)                 | true
                    object.spec.containers.exists(c, has(c.image)) | true
                    object.spec.containers.map(c, c.image)         | ! no such key: image
                    object.?spec.?foo.orValue(5)                   | 5
                    object.spec[?'foo'].hasValue()                 | false
                    object.spec == object.spec                     | true
                    object.metadata.labels.all(k, k == 'a')        | true
                    object.spec.list[7]                            | ! index out of bounds: 7
                    object.spec.list + [4]                         | [1,2,3,4]
                    1 / 0                                          | ! division by zero
                    optional.none().value()                        | ! optional.none() dereference
                    object.spec.replicas == '3'                    | false
                    object.spec.replicas in [3.0]                  | true
                    duration('1h') > duration('1m')                | true
                    timestamp('2020-01-01T00:00:00Z').getFullYear() | 2020
                    object.spec.replicas && true                   | ! no such overload
                    """)
    void dynamicValuesAreLookedAtWhenTheExpressionRuns(String text, String expected) {
        assertThat(FunctionsTest.evaluated(text)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    foo             | undeclared reference to 'foo' (in container '')
                    1 + 'a'         | found no matching overload for '_+_' applied to '(int, string)'
                    [1, 'a']        | expected type 'int' but found 'string'
                    'a'.foo()       | undeclared reference to 'foo' (in container '')
                    object.         | Syntax error: no viable alternative at input '.'
                    true &&          | Syntax error: mismatched input '<EOF>' expecting
                    has(object)     | invalid argument to has() macro
                    namespace       | reserved identifier: namespace
                    'a'.matches('[') | invalid matches argument
                    duration('x') < duration('1h') | invalid duration argument
                    timestamp('x') == null | invalid timestamp argument
                    """)
    void faultsOfATextAreNamedAsKubernetesNamesThem(String text, String expected) {
        assertThat(FunctionsTest.evaluated(text))
                .startsWith("!! compilation failed: ERROR: <input>:1:")
                .contains(expected);
    }

    @Test
    void aFaultIsShownInItsLine() {
        assertThat(FunctionsTest.evaluated("object.spec + x"))
                .isEqualTo(
                        """
                        !! compilation failed: ERROR: <input>:1:15: undeclared reference to 'x' \
                        (in container '')
                         | object.spec + x
                         | ..............^\
                        """);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    self.size + 1                                           | 3
                    self.leaves.all(l, l.weight > 0.5)                      | true
                    self.leaves[0].__namespace__                            | "n"
                    self.leaves[0].since > timestamp('2025-01-01T00:00:00Z') | true
                    self.leaves[0].wait == duration('90s')                  | true
                    self.leaves[0].data == b'abc'                           | true
                    self.labels.app                                         | "web"
                    self.labels.all(k, v, v == 'web')                       | true
                    has(self.any)                                           | false
                    self.any                                                | ! no such key: any
                    self == self                                            | true
                    """)
    void fieldsOfAStructShowAsTheirTypesSay(String text, String expected) {
        assertThat(typed(text, ResultType.ANY)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    self.nope            | undefined field 'nope'
                    self.leaves[0].nope  | undefined field 'nope'
                    self.size == 'a'     | found no matching overload for '_==_' applied to '(int, string)'
                    has(self.nope)       | undefined field 'nope'
                    """)
    void structsAreCheckedBeforeThereIsAValue(String text, String expected) {
        assertThat(typed(text, ResultType.ANY))
                .startsWith("!! compilation failed")
                .contains(expected);
    }

    @Test
    void aResultMustBeOfTheTypeThatIsAskedFor() {
        assertThat(typed("self.size", ResultType.BOOL))
                .isEqualTo("!! must evaluate to bool but got int");
        assertThat(typed("self.any", ResultType.BOOL))
                .isEqualTo("!! must evaluate to bool but got dyn");
        assertThat(TYPED.compile("self.size", ResultType.STRING, ResultType.NULL).fault())
                .isEqualTo("must evaluate to one of [string null_type] but got int");
    }

    @Test
    void patchesAreMadeByExpressions() {
        Environment patching = TYPED.makingPatches();
        assertThat(
                        made(
                                patching,
                                "Object{spec: Object.spec{replicas: 3, any: [{'a': 1}]}}",
                                ResultType.OBJECT))
                .isEqualTo("{\"spec\":{\"any\":[{\"a\":1}],\"replicas\":3}}");
        assertThat(
                        made(
                                patching,
                                "[JSONPatch{op: 'add', path: '/a', value: self.size}]",
                                ResultType.PATCHES))
                .contains("\"op\":\"add\"", "\"value\":2");
        assertThat(made(patching, "JSONPatch{op: 1}", ResultType.ANY))
                .contains("expected type of field 'op' is 'string' but provided type is 'int'");
        assertThat(made(patching, "{'a': 1}", ResultType.OBJECT))
                .isEqualTo("must evaluate to Object but got map(string, int)");
    }

    private static String made(Environment environment, String text, ResultType type) {
        return switch (environment.compile(text, type)) {
            case Compilation.Failed(String message) -> message;
            case Compilation.Done(Expression expression) ->
                    expression.evaluate(environment.bind(Map.of("self", tree())), new Budget())
                                    instanceof Outcome.Value(Object value)
                            ? Json.of(value).toString()
                            : "!";
        };
    }

    @Test
    void anExpressionThatCostsTooMuchIsStopped() {
        String loops = "[0,1,2,3,4,5,6,7,8,9]";
        String nested = "true";
        for (String name : new String[] {"a", "b", "c", "d", "e", "f"}) {
            nested = loops + ".all(" + name + ", " + nested + ")";
        }
        assertThat(typed(nested, ResultType.BOOL))
                .isEqualTo("! operation cancelled: actual cost limit exceeded");
    }

    @Test
    void textsThatDoubleAreStoppedBeforeTheyAreLarge() {
        StringBuilder text = new StringBuilder("'aaaaaaaaaa'");
        for (int i = 0; i < 12; i++) {
            text.append(".replace('a', 'aaaaaaaaaa')");
        }
        assertThat(typed(text.toString(), ResultType.STRING))
                .isEqualTo("! operation cancelled: actual cost limit exceeded");
    }

    @Test
    void evaluationsShareABudget() {
        Expression expression =
                ((Compilation.Done) TYPED.compile("self.size > 1", ResultType.BOOL)).expression();
        Bindings values = TYPED.bind(Map.of("self", tree()));
        Budget budget = new Budget(2);
        assertThat(expression.evaluate(values, budget)).isInstanceOf(Outcome.Failed.class);
        assertThat(expression.evaluate(values, budget))
                .isEqualTo(
                        new Outcome.Failed(
                                "validation failed due to running out of cost budget, no further"
                                        + " validation rules will be run",
                                true));
    }
}
