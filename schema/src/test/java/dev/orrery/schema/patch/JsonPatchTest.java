package dev.orrery.schema.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.schema.Schemas;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * https://datatracker.ietf.org/doc/html/rfc6902 and https://datatracker.ietf.org/doc/html/rfc7386
 */
class JsonPatchTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static JsonNode tree(String json) throws JsonProcessingException {
        return MAPPER.readTree(json.replace('\'', '"'));
    }

    private static JsonNode apply(PatchFormat format, String document, String patch)
            throws Exception {
        ObjectNode current = (ObjectNode) tree(document);
        JsonNode result =
                format.read(patch.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                        .apply(current, Schemas.kubernetes().meta("ObjectMeta"));
        assertThat(current).isEqualTo(tree(document));
        return result;
    }

    private static PatchException failure(PatchFormat format, String document, String patch) {
        return catchThrowableOfType(PatchException.class, () -> apply(format, document, patch));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':1} | [{'op':'add','path':'/b','value':2}] | {'a':1,'b':2}",
                "{'a':[1,3]} | [{'op':'add','path':'/a/1','value':2}] | {'a':[1,2,3]}",
                "{'a':[1]} | [{'op':'add','path':'/a/-','value':{'b':null}}] | {'a':[1,{'b':null}]}",
                "{'a':1,'b':2} | [{'op':'remove','path':'/b'}] | {'a':1}",
                "{'a':[1,2]} | [{'op':'remove','path':'/a/0'}] | {'a':[2]}",
                "{'a':1} | [{'op':'replace','path':'/a','value':null}] | {'a':null}",
                "{'a':{'b':1}} | [{'op':'move','from':'/a/b','path':'/c'}] | {'a':{},'c':1}",
                "{'a':[1]} | [{'op':'copy','from':'/a','path':'/b'},{'op':'add','path':'/b/-','value':2}] | {'a':[1],'b':[1,2]}",
                "{'a':1} | [{'op':'test','path':'/a','value':1},{'op':'remove','path':'/a'}] | {}",
                "{'a':1} | [{'op':'test','path':'/x','value':null}] | {'a':1}",
                "{'metadata':{'labels':{'a/b':'1','m~n':'2'}}} | [{'op':'remove','path':'/metadata/labels/a~1b'},{'op':'remove','path':'/metadata/labels/m~0n'}] | {'metadata':{'labels':{}}}",
                "{'a~1':1} | [{'op':'replace','path':'/a~01','value':2}] | {'a~1':2}",
                "{'a':1} | [{'op':'replace','path':'','value':{'b':2}}] | {'b':2}",
                "{} | [] | {}",
            })
    void appliesOperations(String document, String patch, String expected) throws Exception {
        assertThat(apply(PatchFormat.JSON, document, patch)).isEqualTo(tree(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{'op':'test','path':'/a','value':2}] | testing value /a failed",
                "[{'op':'remove','path':'/x'}] | there is nothing at path /x",
                "[{'op':'replace','path':'/x','value':1}] | there is nothing at path /x",
                "[{'op':'add','path':'/x/y','value':1}] | there is nothing at path /x/y",
                "[{'op':'add','path':'/l/2','value':1}] | unable to access invalid index: 2",
                "[{'op':'add','path':'/l/01','value':1}] | unable to access invalid index: 01",
                "[{'op':'move','from':'/o','path':'/o/p'}] | a value cannot be moved into itself",
                "[{'op':'copy','from':'/x','path':'/y'}] | there is nothing at path /x",
                "[{'op':'foo','path':'/x'}] | Unexpected kind: foo",
                "[{'path':'/x'}] | operation has no op",
                "[{'op':'remove'}] | operation has no path",
                "[{'op':'remove','path':''}] | there is nothing at path `",
            })
    void refusesWhatCannotBeApplied(String patch, String detail) {
        PatchException refusal = failure(PatchFormat.JSON, "{'a':1,'l':[1],'o':{'q':1}}", patch);
        assertThat(refusal.detail()).startsWith(detail.replace("`", ""));
        assertThat(refusal)
                .hasMessage("the server rejected our request due to an error in our request");
        assertThat(refusal.kind()).isEqualTo(PatchException.Kind.INVALID);
    }

    @Test
    void boundsTheNumberOfOperations() {
        String patch =
                "[" + "{'op':'test','path':'/a','value':1},".repeat(10_000) + "{'op':'test'}]";
        PatchException refusal = failure(PatchFormat.JSON, "{'a':1}", patch);
        assertThat(refusal)
                .hasMessage("The allowed maximum operations in a JSON patch is 10000, got 10001");
        assertThat(refusal.kind()).isEqualTo(PatchException.Kind.TOO_LARGE);
    }

    @Test
    void boundsWhatCopiesAdd() {
        String patch =
                "["
                        + "{'op':'copy','from':'/a','path':'/a/-'},".repeat(40)
                        + "{'op':'test','path':'/x'}]";
        PatchException refusal = failure(PatchFormat.JSON, "{'a':[1]}", patch);
        assertThat(refusal.detail()).isEqualTo("the copies of the patch are too large");
    }

    @Test
    void boundsHowDeepOperationsCanBuild() {
        StringBuilder patch = new StringBuilder("[");
        StringBuilder path = new StringBuilder("/a");
        for (int i = 0; i < 600; i++) {
            patch.append("{'op':'add','path':'").append(path).append("','value':{}},");
            path.append("/a");
        }
        PatchException refusal = failure(PatchFormat.JSON, "{}", patch + "{'op':'x'}]");
        assertThat(refusal.detail()).isEqualTo("exceeded max depth");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "JSON | {} | error decoding patch: json: cannot unmarshal object into Go value of type []interface {}",
                "JSON | [ | error decoding patch: unexpected end of JSON input",
                "JSON | [1] | json: cannot unmarshal number into Go value of type jsonpatch.Operation",
                "MERGE | [] | error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}",
                "MERGE | {x | error decoding patch: invalid character 'x' looking for beginning of object key string",
            })
    void refusesWhatIsNoPatch(PatchFormat format, String patch, String message) {
        PatchException refusal = failure(format, "{}", patch);
        assertThat(refusal).hasMessage(message);
        assertThat(refusal.kind()).isEqualTo(PatchException.Kind.BAD_REQUEST);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':'b'} | {'a':'c'} | {'a':'c'}",
                "{'a':'b'} | {'b':'c'} | {'a':'b','b':'c'}",
                "{'a':'b','b':'c'} | {'a':null} | {'b':'c'}",
                "{'a':['b']} | {'a':'c'} | {'a':'c'}",
                "{'a':{'b':'c'}} | {'a':{'b':'d','c':null}} | {'a':{'b':'d'}}",
                "{'a':[{'b':'c'}]} | {'a':[1]} | {'a':[1]}",
                "{'e':null} | {'a':1} | {'e':null,'a':1}",
                "{} | {'a':{'bb':{'ccc':null}}} | {'a':{'bb':{}}}",
            })
    void mergesAsTheStandardSays(String document, String patch, String expected) throws Exception {
        assertThat(apply(PatchFormat.MERGE, document, patch)).isEqualTo(tree(expected));
    }

    @Test
    void findsDuplicatesInThePatchItself() throws Exception {
        assertThat(
                        PatchFormat.JSON
                                .read(
                                        "[{\"op\":\"x\",\"op\":\"y\"}]"
                                                .getBytes(StandardCharsets.UTF_8))
                                .findings())
                .containsExactly("json patch duplicate field \"[0].op\"");
    }
}
