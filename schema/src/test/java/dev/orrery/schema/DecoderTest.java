package dev.orrery.schema;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words are those of Kubernetes' API server and of Go's JSON decoder in it. */
class DecoderTest {

    private static final StructType DEPLOYMENT = kind("apps", "Deployment");
    private static final StructType POD = kind("", "Pod");

    private static StructType kind(String group, String kind) {
        return requireNonNull(Schemas.kubernetes().kind(group, "v1", kind));
    }

    private static Decoded decode(StructType type, String json) throws DecodeException {
        return Decoder.decode(
                json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), BodyFormat.JSON, type);
    }

    private static String failure(StructType type, String json) {
        return String.valueOf(
                catchThrowableOfType(DecodeException.class, () -> decode(type, json)).getMessage());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'spec':{'replicas':'x'}} | string into Go struct field DeploymentSpec.spec.replicas of type int32",
                "{'spec':{'replicas':1.5}} | number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32",
                "{'spec':{'replicas':3000000000}} | number 3000000000 into Go struct field DeploymentSpec.spec.replicas of type int32",
                "{'spec':{'replicas':true}} | bool into Go struct field DeploymentSpec.spec.replicas of type int32",
                "{'spec':[]} | array into Go struct field Deployment.spec of type v1.DeploymentSpec",
                "{'metadata':{'labels':{'a':1}}} | number into Go struct field ObjectMeta.metadata.labels of type string",
                "{'metadata':{'labels':[]}} | array into Go struct field ObjectMeta.metadata.labels of type map[string]string",
                "{'metadata':{'uid':1}} | number into Go struct field ObjectMeta.metadata.uid of type types.UID",
                "{'spec':{'template':{'spec':{'containers':{}}}}} | object into Go struct field PodSpec.spec.template.spec.containers of type []v1.Container",
                "{'spec':{'template':{'spec':{'restartPolicy':1}}}} | number into Go struct field PodSpec.spec.template.spec.restartPolicy of type v1.RestartPolicy",
                "{'spec':{'template':{'spec':{'containers':[{'env':[{'value':1}]}]}}}} | number into Go struct field EnvVar.spec.template.spec.containers.env.value of type string",
                "{'spec':{'template':{'spec':{'containers':[{'args':[1]}]}}}} | number into Go struct field Container.spec.template.spec.containers.args of type string",
                "{'spec':{'strategy':{'rollingUpdate':{'maxSurge':true}}}} | bool into Go struct field RollingUpdateDeployment.spec.strategy.rollingUpdate.maxSurge of type int32",
                "{'metadata':{'creationTimestamp':1}} | number into Go struct field ObjectMeta.metadata.creationTimestamp of type string",
            })
    void namesTheFirstTypeErrorAsGoDoes(String json, String message) {
        assertThat(failure(DEPLOYMENT, json)).isEqualTo("json: cannot unmarshal " + message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | unexpected end of JSON input",
                "{ | unexpected end of JSON input",
                "{'a' | unexpected end of JSON input",
                "{'a':tru | unexpected end of JSON input",
                "{a:1} | invalid character 'a' looking for beginning of object key string",
                "{'a' 1} | invalid character '1' after object key",
                "{'a':1 'b':2} | invalid character '\"' after object key:value pair",
                "{'a':[1 2]} | invalid character '2' after array element",
                "{'a':trux} | invalid character 'x' in literal true (expecting 'e')",
                "{'a':01} | invalid character '1' after object key:value pair",
                "{'a':1.} | invalid character '}' after decimal point in numeric literal",
                "{'a':-} | invalid character '}' in numeric literal",
                "{'a':'\\q'} | invalid character 'q' in string escape code",
                "{'a':1,} | invalid character '}' looking for beginning of object key string",
                "{} x | invalid character 'x' after top-level value",
                "<html> | invalid character '<' looking for beginning of value",
                "[] | json: cannot unmarshal array into Go value of type struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }",
            })
    void namesSyntaxErrorsAsGoDoes(String json, String message) {
        assertThat(failure(DEPLOYMENT, json))
                .isEqualTo("couldn't get version/kind; json parse error: " + message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'metadata':{'creationTimestamp':'x'}} | parsing time \"x\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"x\" as \"2006\"",
                "{'metadata':{'creationTimestamp':'2020-13-01T00:00:00Z'}} | parsing time \"2020-13-01T00:00:00Z\": month out of range",
                "{'metadata':{'creationTimestamp':'2020-02-30T00:00:00Z'}} | parsing time \"2020-02-30T00:00:00Z\": day out of range",
                "{'metadata':{'creationTimestamp':'2020-01-01T00:00Z'}} | parsing time \"2020-01-01T00:00Z\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"Z\" as \":\"",
                "{'spec':{'containers':[{'resources':{'limits':{'cpu':'1x'}}}]}} | quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
                "{'spec':{'containers':[{'resources':{'limits':{'cpu':'1KK'}}}]}} | unable to parse quantity's suffix",
            })
    void namesFaultsOfSpecialTypes(String json, String message) {
        assertThat(failure(POD, json)).isEqualTo(message);
    }

    @Test
    void aFaultOfASpecialTypeHidesTypeErrorsBeforeIt() {
        assertThat(failure(POD, "{'spec':{'nodeName':1},'metadata':{'creationTimestamp':'x'}}"))
                .startsWith("parsing time");
    }

    @Test
    void knowsTheKindThoughTheErrorComesFirst() {
        DecodeException error =
                catchThrowableOfType(
                        DecodeException.class,
                        () -> decode(POD, "{'spec':1,'kind':'Service','apiVersion':'v1'}"));
        assertThat(error.kind()).isEqualTo("Service");
        assertThat(error.apiVersion()).isEqualTo("v1");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'spec':{'unknownField':1,'replicas':1,'replicas':2}} | unknown field \"spec.unknownField\", duplicate field \"spec.replicas\"",
                "{'metadata':{'unknownMeta':'x'}} | unknown field \"metadata.unknownMeta\"",
                "{'Spec':{}} | unknown field \"Spec\"",
                "{'spec':{'template':{'spec':{'containers':[{},{'Image':'x','foo':{'a':[1]}}]}}}} | unknown field \"spec.template.spec.containers[1].Image\", unknown field \"spec.template.spec.containers[1].foo\"",
                "{'metadata':{'labels':{'a':'1','a':'2'}}} | duplicate field \"metadata.labels.a\"",
                "{'x':1,'x':2} | unknown field \"x\"",
            })
    void reportsUnknownAndDuplicateFields(String json, String findings) throws DecodeException {
        assertThat(decode(DEPLOYMENT, json).strictError())
                .isEqualTo("strict decoding error: " + findings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':1,'kind':'Pod','apiVersion':'v1'} | {'kind':'Pod','apiVersion':'v1'}",
                "{'spec':{'hostNetwork':false,'activeDeadlineSeconds':0}} | {'spec':{'activeDeadlineSeconds':0}}",
                "{'metadata':{'creationTimestamp':null,'name':'','labels':{},'finalizers':[]}} | {'metadata':{}}",
                "{'metadata':{'labels':{'a':null,'b':''}}} | {'metadata':{'labels':{'a':'','b':''}}}",
                "{'metadata':{'creationTimestamp':'2020-01-01T02:00:00.5+01:00'}} | {'metadata':{'creationTimestamp':'2020-01-01T01:00:00Z'}}",
                "{'spec':{'containers':[{'name':'','image':'a'},null]}} | {'spec':{'containers':[{'name':'','image':'a'},{}]}}",
                "{'spec':{'nodeName':'a','nodeName':'b'}} | {'spec':{'nodeName':'b'}}",
            })
    void keepsWhatGoKeeps(String json, String expected) throws DecodeException {
        assertThat(decode(POD, json).object().toString().replace('"', '\'')).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "'\"1000m\"',1",
        "'\"100m\"',100m",
        "'\"0.5\"',500m",
        "'\"1.5Gi\"',1536Mi",
        "'\"1024Ki\"',1Mi",
        "'\"1024\"',1024",
        "'\"1000\"',1k",
        "'\"0.5Ki\"',512",
        "'\"1e3\"',1e3",
        "'\"1E\"',1E",
        "'\"0\"',0",
        "'\"0Mi\"',0",
        "'\"+1\"',1",
        "'\"-1.5\"',-1500m",
        "'\"0.1n\"',1n",
        "'\"01\"',1",
        "'\"1.G\"',1G",
        "'\"12e6\"',12e6",
        "2,2",
        "0.25,250m",
        "'\"100Mi\"',100Mi",
        "'\"2048Mi\"',2Gi",
    })
    void writesQuantitiesInTheirCanonicalForm(String given, String canonical)
            throws DecodeException {
        Decoded pod =
                Decoder.decode(
                        ("{\"spec\":{\"overhead\":{\"cpu\":" + given + "}}}")
                                .getBytes(StandardCharsets.UTF_8),
                        BodyFormat.JSON,
                        POD);
        assertThat(pod.object().at("/spec/overhead/cpu").textValue()).isEqualTo(canonical);
    }

    @Test
    void boundsTheDepth() {
        String json = "{'a':" + "[".repeat(600) + "]".repeat(600) + "}";
        assertThat(failure(POD, json)).endsWith("json parse error: exceeded max depth");
    }

    @Test
    void reportsAHundredFindingsAtMost() throws DecodeException {
        StringBuilder json = new StringBuilder("{'kind':'Pod'");
        for (int i = 0; i < 200; i++) {
            json.append(",'x").append(i).append("':1");
        }
        assertThat(decode(POD, json + "}").findings()).hasSize(100);
    }

    @Test
    void readsWhatAPatchHasMadeAsItReadsABody() throws Exception {
        String json =
                "{'kind':'Pod','spec':{'nodeName':null,'foo':1,'hostPID':false},'metadata':{}}";
        Decoded fromTree =
                Decoder.decode(new ObjectMapper().readTree(json.replace('\'', '"')), POD);
        assertThat(fromTree).isEqualTo(decode(POD, json));
    }

    @Test
    void completionAddsWhatAnswersAlwaysContain() throws DecodeException {
        Decoded pod = decode(POD, "{'spec':{'containers':[{'name':'a'}]}}");
        Completion.complete(pod.object(), POD);
        assertThat(pod.object().toString().replace('"', '\''))
                .isEqualTo(
                        "{'spec':{'containers':[{'name':'a','resources':{}}]},'metadata':{},'status':{}}");
    }
}
