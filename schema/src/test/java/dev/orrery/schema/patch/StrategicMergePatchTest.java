package dev.orrery.schema.patch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.schema.Schemas;
import dev.orrery.schema.StructType;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/ and
 * https://github.com/kubernetes/community/blob/master/contributors/devel/sig-api-machinery/strategic-merge-patch.md
 */
class StrategicMergePatchTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final StructType POD = kind("", "Pod");
    private static final StructType DEPLOYMENT = kind("apps", "Deployment");

    private static StructType kind(String group, String kind) {
        return requireNonNull(Schemas.kubernetes().kind(group, "v1", kind));
    }

    private static ObjectNode tree(String json) throws JsonProcessingException {
        return (ObjectNode) MAPPER.readTree(json.replace('\'', '"'));
    }

    private static Patch patch(String json) throws PatchException {
        return PatchFormat.STRATEGIC_MERGE.read(
                json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "containers are merged by name, and new ones go first"
                        + "| {'spec':{'containers':[{'name':'a','image':'nginx'}]}}"
                        + "| {'spec':{'containers':[{'name':'b','image':'redis'}]}}"
                        + "| {'spec':{'containers':[{'name':'b','image':'redis'},{'name':'a','image':'nginx'}]}}",
                "an item is merged with the one of its key"
                        + "| {'spec':{'containers':[{'name':'a','image':'x'},{'name':'b','image':'y','tty':true}]}}"
                        + "| {'spec':{'containers':[{'name':'b','image':'z'}]}}"
                        + "| {'spec':{'containers':[{'name':'a','image':'x'},{'name':'b','image':'z','tty':true}]}}",
                "lists without a merge key are replaced"
                        + "| {'spec':{'tolerations':[{'key':'a'}]}}"
                        + "| {'spec':{'tolerations':[{'key':'b'}]}}"
                        + "| {'spec':{'tolerations':[{'key':'b'}]}}",
                "null removes"
                        + "| {'spec':{'nodeName':'a','hostname':'h'}}"
                        + "| {'spec':{'nodeName':null,'subdomain':null}}"
                        + "| {'spec':{'hostname':'h'}}",
                "maps are merged"
                        + "| {'metadata':{'labels':{'a':'1','b':'2'}}}"
                        + "| {'metadata':{'labels':{'b':null,'c':'3'}}}"
                        + "| {'metadata':{'labels':{'a':'1','c':'3'}}}",
                "scalars are merged as a set"
                        + "| {'metadata':{'finalizers':['a','b']}}"
                        + "| {'metadata':{'finalizers':['c','a']}}"
                        + "| {'metadata':{'finalizers':['c','a','b']}}",
                "an item is deleted by its key"
                        + "| {'spec':{'containers':[{'name':'a'},{'name':'b'}]}}"
                        + "| {'spec':{'containers':[{'name':'a','$patch':'delete'}]}}"
                        + "| {'spec':{'containers':[{'name':'b'}]}}",
                "a list is replaced by directive"
                        + "| {'spec':{'containers':[{'name':'a'},{'name':'b'}]}}"
                        + "| {'spec':{'containers':[{'name':'c'},{'$patch':'replace'}]}}"
                        + "| {'spec':{'containers':[{'name':'c'}]}}",
                "an object is replaced by directive"
                        + "| {'spec':{'nodeName':'a'},'metadata':{'labels':{'a':'1'}}}"
                        + "| {'metadata':{'labels':{'$patch':'replace','b':'2'}}}"
                        + "| {'spec':{'nodeName':'a'},'metadata':{'labels':{'b':'2'}}}",
                "an object is emptied by directive"
                        + "| {'spec':{'securityContext':{'runAsUser':1}}}"
                        + "| {'spec':{'securityContext':{'$patch':'delete'}}}"
                        + "| {'spec':{'securityContext':{}}}",
                "scalars are deleted by directive"
                        + "| {'metadata':{'finalizers':['a','b','c']}}"
                        + "| {'metadata':{'$deleteFromPrimitiveList/finalizers':['a','c']}}"
                        + "| {'metadata':{'finalizers':['b']}}",
                "deletions of what is not there do nothing"
                        + "| {'metadata':{'name':'a'},'spec':{'containers':[{'name':'a'}]}}"
                        + "| {'metadata':{'$deleteFromPrimitiveList/finalizers':['a']},'spec':{'containers':[{'name':'x','$patch':'delete'}]}}"
                        + "| {'metadata':{'name':'a'},'spec':{'containers':[{'name':'a'}]}}",
                "what is new comes without its nulls and directives"
                        + "| {}"
                        + "| {'spec':{'nodeName':null,'containers':[{'name':'a','image':null},{'name':'b','$patch':'delete'}]}}"
                        + "| {'spec':{'containers':[{'name':'a'}]}}",
                "volumes keep only the retained keys"
                        + "| {'spec':{'volumes':[{'name':'v','emptyDir':{}}]}}"
                        + "| {'spec':{'volumes':[{'name':'v','$retainKeys':['name','hostPath'],'hostPath':{'path':'/d'}}]}}"
                        + "| {'spec':{'volumes':[{'name':'v','hostPath':{'path':'/d'}}]}}",
                "the client's order is kept, the others stay about where they were"
                        + "| {'spec':{'containers':[{'name':'a'},{'name':'b'},{'name':'c'},{'name':'d'}]}}"
                        + "| {'spec':{'$setElementOrder/containers':[{'name':'c'},{'name':'a'}],'containers':[{'name':'a','image':'x'}]}}"
                        + "| {'spec':{'containers':[{'name':'b'},{'name':'c'},{'name':'a','image':'x'},{'name':'d'}]}}",
                "an order alone moves items"
                        + "| {'spec':{'containers':[{'name':'a'},{'name':'b'}]}}"
                        + "| {'spec':{'$setElementOrder/containers':[{'name':'b'},{'name':'a'}]}}"
                        + "| {'spec':{'containers':[{'name':'b'},{'name':'a'}]}}",
                "an order of scalars"
                        + "| {'metadata':{'finalizers':['a','b']}}"
                        + "| {'metadata':{'$setElementOrder/finalizers':['c','b','a'],'finalizers':['c']}}"
                        + "| {'metadata':{'finalizers':['c','b','a']}}",
                "ports are merged by containerPort"
                        + "| {'spec':{'containers':[{'name':'a','ports':[{'containerPort':80,'protocol':'TCP'}]}]}}"
                        + "| {'spec':{'containers':[{'name':'a','ports':[{'containerPort':80,'name':'web'}]}]}}"
                        + "| {'spec':{'containers':[{'name':'a','ports':[{'containerPort':80,'protocol':'TCP','name':'web'}]}]}}",
            })
    void mergesAPod(String name, String object, String patch, String expected) throws Exception {
        ObjectNode current = tree(object);
        assertThat(name).isNotEmpty();
        assertThat(patch(patch).apply(current, POD)).isEqualTo(tree(expected));
        assertThat(current).isEqualTo(tree(object));
    }

    /** kubectl apply from RollingUpdate to Recreate, from the page of the documentation. */
    @Test
    void retainsOnlyTheKeysOfTheNewStrategy() throws Exception {
        ObjectNode current =
                tree(
                        "{'spec':{'strategy':{'rollingUpdate':{'maxSurge':1},'type':'RollingUpdate'}}}");
        Patch patch = patch("{'spec':{'strategy':{'$retainKeys':['type'],'type':'Recreate'}}}");
        assertThat(patch.apply(current, DEPLOYMENT))
                .isEqualTo(tree("{'spec':{'strategy':{'type':'Recreate'}}}"));
    }

    @Test
    void canBeAppliedAgain() throws Exception {
        Patch patch =
                patch(
                        "{'spec':{'$setElementOrder/containers':[{'name':'a'}],"
                                + "'containers':[{'name':'a','image':'x'}]}}");
        ObjectNode current = tree("{'spec':{'containers':[{'name':'a'},{'name':'b'}]}}");
        assertThat(patch.apply(current, POD)).isEqualTo(patch.apply(current, POD));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'spec':{'containers':[{'image':'x'}]}} | 500"
                        + "| map: map[image:x] does not contain declared merge key: name",
                "{'spec':{'containers':[{'$patch':'delete'}]}} | 500"
                        + "| map: map[$patch:delete] does not contain declared merge key: name",
                "{'spec':{'$patch':'foo'}} | 500 | unknown patch type: foo in map: map[$patch:foo]",
                "{'spec':{'containers':[{'name':'a','$patch':'merge'}]}} | 500"
                        + "| merging lists cannot yet be specified in the patch",
                "{'spec':{'$retainKeys':'x'}} | 400 | invalid patch format of retainKeys",
                "{'spec':{'$retainKeys':['x'],'nodeName':'n'}} | 400 | invalid patch format of retainKeys",
                "{'spec':{'$setElementOrder':[]}} | 400 | invalid patch format of setElementOrder list",
                "{'metadata':{'$deleteFromPrimitiveList':[]}} | 400 | invalid patch format of primitive list",
                "{'spec':{'$setElementOrder/containers':[{'name':'b'}],'containers':[{'name':'a'}]}} | 500"
                        + "| `The order in patch list:\n[map[name:a]]\n doesn't match $setElementOrder list:\n[map[name:b]]\n`",
                "[] | 400 | json: cannot unmarshal array into Go value of type map[string]interface {}",
                "{ | 400 | unexpected end of JSON input",
            })
    void refuses(String patch, int code, String message) throws Exception {
        ObjectNode current =
                tree("{'metadata':{'finalizers':['f']},'spec':{'containers':[{'name':'a'}]}}");
        PatchException refusal =
                catchThrowableOfType(PatchException.class, () -> patch(patch).apply(current, POD));
        assertThat(refusal).hasMessage(message);
        assertThat(refusal.kind().code()).isEqualTo(code);
    }

    @Test
    void findsDuplicatesInThePatchItself() throws Exception {
        assertThat(patch("{'spec':{'replicas':1,'replicas':2}}").findings())
                .containsExactly("duplicate field \"spec.replicas\"");
    }
}
