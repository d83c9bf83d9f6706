package dev.orrery.apiserver.cel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** https://kubernetes.io/docs/reference/using-api/cel/ */
class FunctionsTest {

    private static final ObjectMapper MAPPER = new JsonMapper();
    private static final Environment OBJECTS =
            Environment.of(Map.of("object", DeclaredType.DYN, "oldObject", DeclaredType.DYN));

    /** A value as JSON, or what is wrong behind an exclamation mark. */
    static String evaluated(String text) {
        JsonNode object;
        try {
            object =
                    MAPPER.readTree(
                            """
                            {"kind": "Deployment", "metadata": {"name": "web", "labels": {"a": "b"}},
                             "spec": {"replicas": 3, "ratio": 1.5, "gone": null, "list": [1, 2, 3],
                                      "containers": [{"image": "x"}, {"name": "n"}],
                                      "namespace": "ns"}}
                            """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return switch (OBJECTS.compile(text, ResultType.ANY)) {
            case Compilation.Failed(String message) -> "!! " + message;
            case Compilation.Done(Expression expression) -> {
                Map<String, JsonNode> values = new HashMap<>();
                values.put("object", object);
                values.put("oldObject", null);
                yield switch (expression.evaluate(OBJECTS.bind(values), new Budget())) {
                    case Outcome.Value(Object value) -> Json.of(value).toString();
                    case Outcome.Failed(String message, boolean _) -> "! " + message;
                };
            }
        };
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    quantity('1Gi').isGreaterThan(quantity('500M'))            | true
                    quantity('500m').isLessThan(quantity('1'))                 | true
                    quantity('1k') == quantity('1000')                         | true
                    quantity('1').compareTo(quantity('2'))                     | -1
                    quantity('2').add(quantity('1k')).asInteger()              | 1002
                    quantity('2').sub(1).asInteger()                           | 1
                    quantity('1.5').isInteger()                                | false
                    quantity('1.5').asApproximateFloat()                       | 1.5
                    quantity('1.5').asInteger()                                | ! cannot convert value to integer
                    quantity('-3').sign()                                      | -1
                    isQuantity('12x')                                          | false
                    isQuantity('1e3')                                          | true
                    quantity('12x')                                            | ! quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'
                    url('https://example.com:80/a%20b?k=v&k=w#f').getHost()    | "example.com:80"
                    url('https://example.com:80/').getHostname()               | "example.com"
                    url('https://[::1]:80/').getHostname()                     | "::1"
                    url('https://example.com:80/').getPort()                   | "80"
                    url('https://example.com/a b').getEscapedPath()            | "/a%20b"
                    url('https://example.com/?k=v&k=w').getQuery()             | {"k":["v","w"]}
                    url('/path').getScheme()                                   | ""
                    isURL('example.com')                                       | false
                    isURL('https://example.com:bad/')                          | false
                    url('nothing')                                             | ! URL parse error during conversion from string: parse "nothing": invalid URI for request
                    ip('192.168.0.1').family()                                 | 4
                    ip('::1').isLoopback()                                     | true
                    ip('127.0.0.1').isGlobalUnicast()                          | false
                    ip('169.254.1.1').isLinkLocalUnicast()                     | true
                    ip('224.0.0.1').isLinkLocalMulticast()                     | true
                    ip('0.0.0.0').isUnspecified()                              | true
                    ip.isCanonical('2001:DB8::1')                              | false
                    string(ip('2001:db8:0:0:0:0:0:1'))                         | "2001:db8::1"
                    isIP('::ffff:1.2.3.4')                                     | false
                    isIP('fe80::1%eth0')                                       | false
                    ip('1.2.3.4') == ip('1.2.3.4')                             | true
                    ip('1.2.3')                                                | ! IP Address "1.2.3" parse error during conversion from string: ParseAddr("1.2.3"): IPv4 address too short
                    cidr('10.0.0.0/8').containsIP('10.1.2.3')                  | true
                    cidr('10.0.0.0/8').containsIP(ip('11.1.2.3'))              | false
                    cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16')             | true
                    cidr('10.0.0.0/8').containsCIDR(cidr('0.0.0.0/0'))         | false
                    string(cidr('10.1.2.3/8').masked())                        | "10.0.0.0/8"
                    cidr('10.1.2.3/8').prefixLength()                          | 8
                    string(cidr('2001:db8::/32').ip())                         | "2001:db8::"
                    isCIDR('10.0.0.0/33')                                      | false
                    'abc 123 45'.find('[0-9]+')                                | "123"
                    'abc'.find('[0-9]+')                                       | ""
                    'a1b22c333'.findAll('[0-9]+')                              | ["1","22","333"]
                    'a1b22c333'.findAll('[0-9]+', 1)                           | ["1"]
                    'a'.find('[')                                              | ! Illegal regex: error parsing regexp: missing closing ]: `[`
                    [1, 2, 3].isSorted()                                       | true
                    ['b', 'a'].isSorted()                                      | false
                    [1, 3, 2].max()                                            | 3
                    object.spec.list.min()                                     | 1
                    object.spec.list.sum()                                     | 6
                    [1.5, 2.0].sum()                                           | 3.5
                    [].max()                                                   | ! max called on empty list
                    [1, 2, 1].indexOf(1)                                       | 0
                    [1, 2, 1].lastIndexOf(1)                                   | 2
                    object.spec.list.indexOf(9)                                | -1
                    'a/b~c'.replace('/', '-')                                  | "a-b~c"
                    jsonpatch.escapeKey('a/b~c')                               | "a~1b~0c"
                    semver('1.2.3').isLessThan(semver('1.10.0'))               | true
                    semver('1.0.0-alpha').isLessThan(semver('1.0.0'))          | true
                    semver('v1.2', true).compareTo(semver('1.2.0'))            | 0
                    isSemver('1.2')                                            | false
                    semver('1.2.3').minor()                                    | 2
                    format.dns1123Label().validate('my-name').hasValue()       | false
                    format.dns1123Label().validate('My').value().size()        | 1
                    format.named('dns1123Label').hasValue()                    | true
                    format.named('nothing').hasValue()                         | false
                    format.uuid().validate('x').value()                        | ["does not match the UUID format"]
                    format.date().validate('2021-01-01').hasValue()            | false
                    '%s %.2f %x %%'.format(['a', 1.5, 255])                    | "a 1.50 ff %"
                    '%s'.format([object.spec.list])                            | "[1, 2, 3]"
                    '%d'.format(['a'])                                         | ! error during formatting: decimal clause cannot be used on string
                    '%s %s'.format(['a'])                                      | ! index 1 out of range
                    sets.contains([1, 2], [2])                                 | true
                    sets.intersects([1], [2])                                  | false
                    'Hello'.lowerAscii()                                       | "hello"
                    'a,b'.split(',')                                           | ["a","b"]
                    ['a', 'b'].join('-')                                       | "a-b"
                    'abc'.substring(1)                                         | "bc"
                    ' a '.trim()                                               | "a"
                    'abc'.charAt(1)                                            | "b"
                    'tacocat'.lastIndexOf('c')                                 | 4
                    [1, 2].all(i, v, i < v)                                    | true
                    {'a': 1}.transformList(k, v, k)                            | ["a"]
                    """)
    void functionsOfKubernetesAnswerAsDocumented(String text, String expected) {
        assertThat(evaluated(text)).isEqualTo(expected);
    }
}
