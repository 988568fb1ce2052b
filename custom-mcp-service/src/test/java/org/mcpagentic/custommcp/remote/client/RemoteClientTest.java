package org.mcpagentic.custommcp.remote.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.ToolFailure;
import org.mcpagentic.custommcp.remote.client.RemoteException.Kind;
import org.mcpagentic.custommcp.remote.standin.StandInServer;
import org.mcpagentic.custommcp.remote.standin.StandInServer.Era;
import org.mcpagentic.custommcp.remote.standin.StandInServer.Heard;
import org.mcpagentic.custommcp.remote.standin.StandInServer.Manner;
import org.mcpagentic.custommcp.tools.fetch.AddressRules;
import org.mcpagentic.custommcp.tools.fetch.Deadline;
import org.mcpagentic.custommcp.tools.fetch.Resolver;

@Timeout(30)
class RemoteClientTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectNode NO_SCHEMA = JSON.createObjectNode();

    private final StandInServer server = new StandInServer();
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @EnumSource(Era.class)
    void listsAndCallsTheToolsOfEitherEra(Era era) throws Exception {
        server.speaking(era);
        RemoteClient client = client();

        List<JsonNode> tools = client.tools(soon());
        CallResult result = client.call("echo", text("hello"), NO_SCHEMA, SideEffects.NON_IDEMPOTENT, soon());

        assertThat(tools).extracting(tool -> tool.path("name").asText()).containsExactly("echo");
        assertThat(result).isEqualTo(new CallResult("said: hello", false));
        assertThat(client.revision()).hasValue(era == Era.MODERN ? "2026-07-28" : "2025-11-25");
    }

    @Test
    void saysInEveryModernRequestAllThatIsNeeded() throws Exception {
        client(Optional.of("t0ken-of-ours")).call("echo", text("x"), NO_SCHEMA, SideEffects.NON_IDEMPOTENT, soon());

        Heard call = server.heard("tools/call").getFirst();
        assertThat(call.headers().get("MCP-Protocol-Version")).isEqualTo("2026-07-28");
        assertThat(call.headers().get("Mcp-Method")).isEqualTo("tools/call");
        assertThat(call.headers().get("Mcp-Name")).isEqualTo("echo");
        assertThat(call.headers().get("Authorization")).isEqualTo("Bearer t0ken-of-ours");
        assertThat(call.headers().contains("Mcp-Session-Id")).isFalse();
        JsonNode meta = call.body().path("params").path("_meta");
        assertThat(meta.path("io.modelcontextprotocol/protocolVersion").asText())
                .isEqualTo("2026-07-28");
        assertThat(meta.path("io.modelcontextprotocol/clientInfo").path("name").asText())
                .isEqualTo("mcp-agentic-ai-server");
        assertThat(meta.path("io.modelcontextprotocol/clientCapabilities").isObject())
                .isTrue();
    }

    @Test
    void remembersWhatAServerSpeaks() throws Exception {
        server.speaking(Era.LEGACY);
        RemoteClient client = client();
        client.tools(soon());

        client.tools(soon());

        assertThat(server.heard("server/discover")).hasSize(1);
        assertThat(server.sessions()).isEqualTo(1);
        assertThat(server.heard("notifications/initialized")).hasSize(1);
    }

    @Test
    void greetsAgainWhereTheSessionIsForgotten() throws Exception {
        server.speaking(Era.LEGACY);
        RemoteClient client = client();
        client.tools(soon());
        server.forgetSessions();

        CallResult result = client.call("echo", text("again"), NO_SCHEMA, SideEffects.NON_IDEMPOTENT, soon());

        assertThat(result.text()).isEqualTo("said: again");
        assertThat(server.sessions()).isEqualTo(2);
    }

    @Test
    void findsOutAnewWhereAServerIsReplacedByANewer() throws Exception {
        server.speaking(Era.LEGACY);
        RemoteClient client = client();
        client.tools(soon());
        server.speaking(Era.MODERN).forgetSessions();

        CallResult result = client.call("echo", text("still"), NO_SCHEMA, SideEffects.NON_IDEMPOTENT, soon());

        assertThat(result.text()).isEqualTo("said: still");
    }

    @Test
    void findsOutAnewForTheNextRequestWhereAServerIsReplacedByAnOlder() throws Exception {
        RemoteClient client = client();
        client.tools(soon());
        server.speaking(Era.LEGACY);

        RemoteException failure = refusal(client);
        CallResult result = client.call("echo", text("still"), NO_SCHEMA, SideEffects.NON_IDEMPOTENT, soon());

        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(result.text()).isEqualTo("said: still");
    }

    @ParameterizedTest
    @CsvSource({
        "NON_IDEMPOTENT, 400, -32000, 1",
        "READ_ONLY, 400, -32000, 1",
        "NON_IDEMPOTENT, 400, 0, 1",
        "NON_IDEMPOTENT, 405, 0, 1",
        "IDEMPOTENT, 404, 0, 2",
        "READ_ONLY, 405, 0, 2",
        "NON_IDEMPOTENT, 400, -32022, 2"
    })
    void repeatsACallOnlyWhereItCannotHaveBeenMadeOrMayBeMadeTwice(SideEffects effects, int status, int code, int calls)
            throws Exception {
        RemoteClient client = client();
        client.tools(soon());
        server.refusingCalls(status, code);

        RemoteException failure = catchThrowableOfType(
                RemoteException.class, () -> client.call("echo", text("x"), NO_SCHEMA, effects, soon()));

        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(server.heard("tools/call")).hasSize(calls);
    }

    @Test
    void readsTheAnswerAmongEvents() throws Exception {
        server.answering(Manner.AS_EVENTS);

        CallResult result = client().call("echo", text("events"), NO_SCHEMA, SideEffects.NON_IDEMPOTENT, soon());

        assertThat(result.text()).isEqualTo("said: events");
    }

    @Test
    void declinesWhatAServerAsksFor() throws Exception {
        server.speaking(Era.LEGACY).answering(Manner.ASKING_BACK);

        CallResult result = client().call("echo", text("x"), NO_SCHEMA, SideEffects.NON_IDEMPOTENT, soon());

        Heard declined = server.heard().stream()
                .filter(heard -> heard.body().has("error"))
                .findFirst()
                .orElseThrow();
        assertThat(result.text()).isEqualTo("said: x");
        assertThat(declined.body().path("id").asText()).isEqualTo("ask");
        assertThat(declined.headers().get("Mcp-Session-Id")).isEqualTo("session-1");
    }

    @Test
    void declinesOnlySomeOfWhatAServerAsksForWithoutEnd() throws Exception {
        server.speaking(Era.LEGACY).answering(Manner.ASKING_BACK_WITHOUT_END);

        CallResult result = client().call("echo", text("x"), NO_SCHEMA, SideEffects.NON_IDEMPOTENT, soon());

        assertThat(result.text()).isEqualTo("said: x");
        assertThat(server.heard())
                .filteredOn(heard -> heard.body().has("error"))
                .hasSize(16)
                .allSatisfy(heard -> assertThat(heard.body().path("id").asInt()).isEqualTo(7));
    }

    @ParameterizedTest
    @CsvSource({
        "WITH_GARBAGE, UNUSABLE, no JSON-RPC message",
        "TOO_MUCH, UNUSABLE, more than 65536 bytes",
        "TOO_DEEP, UNUSABLE, no JSON-RPC message",
        "FOR_ANOTHER_ID, UNUSABLE, something else than it was asked",
        "ENDING_EARLY, UNREACHABLE, ended without an answer",
        "WITH_500, UNREACHABLE, status 500",
        "WITH_401, UNAUTHORIZED, does not let us in"
    })
    void saysWhatIsWrongWithAnAnswer(Manner manner, Kind kind, String hint) throws Exception {
        server.answering(manner);

        RemoteException failure = refusal(client());

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.text()).contains(hint);
    }

    @Test
    void givesUpAfterItsTime() {
        server.answering(Manner.NEVER);
        RemoteClient client = client();

        RemoteException failure = catchThrowableOfType(
                RemoteException.class,
                () -> client.call(
                        "echo", text("x"), NO_SCHEMA, SideEffects.NON_IDEMPOTENT, Deadline.in(Duration.ofMillis(500))));

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure.text()).contains("in time");
    }

    @Test
    void followsNoRedirect() throws Exception {
        try (StandInServer inside = new StandInServer()) {
            server.redirecting(inside.url());

            RemoteException failure = refusal(client());

            assertThat(failure.kind()).isEqualTo(Kind.FORBIDDEN);
            assertThat(inside.heard()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.0.0.1",
                "169.254.169.254",
                "0:0:0:0:0:ffff:a00:1",
                "0:0:0:0:0:0:0:1",
                "64:ff9b:0:0:0:0:a00:1"
            })
    void asksNobodyWhereANameLeadsInside(String address) {
        Resolver resolver = (name, deadline) -> List.of(InetAddress.getByName(address));
        RemoteClient client =
                clients(resolver).http("https://mcp.attacker.org:" + server.port() + "/mcp", false, Optional.empty());

        RemoteException failure = catchThrowableOfType(RemoteException.class, () -> client.tools(soon()));

        assertThat(failure.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(failure.text()).contains("no public address");
        assertThat(server.heard()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/mcp",
                "http://[::1]/mcp",
                "http://[::ffff:10.0.0.1]/mcp",
                "https://redis.default.svc/mcp",
                "https://localhost/mcp",
                "https://0x7f000001/mcp"
            })
    void refusesBeforehandWhatIsKnownNotToBePublic(String url) {
        RemoteClients clients = clients((name, deadline) -> List.of());

        assertThatThrownBy(() -> clients.refuseUnlessPublic(url)).isInstanceOf(ToolFailure.class);
    }

    @Test
    void sendsNoTokenOpenlyToWhatIsNotTrusted() {
        RemoteClient client = clients((name, deadline) -> List.of(InetAddress.getByName("203.0.113.7")))
                .http("http://mcp.weather.gov/mcp", false, Optional.of("t0ken-of-ours"));

        RemoteException failure = catchThrowableOfType(RemoteException.class, () -> client.tools(soon()));

        assertThat(failure.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(failure.text()).contains("over https only");
    }

    @Test
    void readsAListOfSeveralPages() throws Exception {
        server.tool("second", "2").tool("third", "3").inPagesOf(2);

        List<JsonNode> tools = client().tools(soon());

        assertThat(tools).hasSize(3);
    }

    @Test
    void doesNotReadAListWithoutEnd() {
        server.inPagesWithoutEnd().inPagesOf(1);
        RemoteClient client = client();

        assertThatThrownBy(() -> client.tools(soon()))
                .isInstanceOf(RemoteException.class)
                .hasMessageContaining("does not end");
    }

    @Test
    void putsArgumentsInHeadersWhereTheSchemaWantsThat() throws Exception {
        JsonNode schema = JSON.readTree("""
                {"type":"object","properties":{
                  "region":{"type":"string","x-mcp-header":"Region"},
                  "text":{"type":"string","x-mcp-header":"Text"},
                  "absent":{"type":"string","x-mcp-header":"Absent"},
                  "deep":{"type":"object","properties":{"count":{"type":"integer","x-mcp-header":"Count"}}}}}
                """);
        ObjectNode arguments = (ObjectNode)
                JSON.readTree("{\"region\":\"us-west1\",\"text\":\"line1\\nline2\",\"deep\":{\"count\":42}}");

        client().call("echo", arguments, schema, SideEffects.NON_IDEMPOTENT, soon());

        Heard call = server.heard("tools/call").getFirst();
        assertThat(call.headers().get("Mcp-Param-Region")).isEqualTo("us-west1");
        assertThat(call.headers().get("Mcp-Param-Text")).isEqualTo("=?base64?bGluZTEKbGluZTI=?=");
        assertThat(call.headers().get("Mcp-Param-Count")).isEqualTo("42");
        assertThat(call.headers().contains("Mcp-Param-Absent")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"content\":[],\"isError\":true,\"structuredContent\":{\"a\":1}} | {\"a\":1} | true",
                "{\"content\":[{\"type\":\"text\",\"text\":\"t\"}],\"structuredContent\":{\"a\":1}} | t | false",
                "{\"content\":[{\"type\":\"image\",\"mimeType\":\"image/png\",\"data\":\"AAAA\"}]}"
                        + " | [image of type image/png, about 3 bytes, which are not shown] | false",
                "{\"content\":[{\"type\":\"resource_link\",\"name\":\"n\",\"uri\":\"file:///x\"}]} | [link to n: file:///x] | false",
                "{\"content\":[{\"type\":\"resource\",\"resource\":{\"text\":\"inside\"}}]} | inside | false",
                "{} | (the tool returned nothing) | false",
                "{\"resultType\":\"input_required\"} | the tool asks back for input, which cannot be given to it here | true"
            })
    void makesTextOfAnyResult(String result, String text, boolean failed) throws Exception {
        server.returning(result);

        CallResult read = client().call("echo", text("x"), NO_SCHEMA, SideEffects.NON_IDEMPOTENT, soon());

        assertThat(read).isEqualTo(new CallResult(text, failed));
    }

    @Test
    void speaksToAProgramThatHasNothingOfOurEnvironment() throws Exception {
        String program = """
                while read -r line; do
                  id=$(echo "$line" | sed 's/.*"id":\\([0-9]*\\).*/\\1/')
                  case "$line" in
                    *server/discover*) echo '{"jsonrpc":"2.0","id":'$id',"error":{"code":-32601,"message":"unknown"}}' ;;
                    *initialize\\"*) echo '{"jsonrpc":"2.0","id":'$id',"result":{"protocolVersion":"2025-06-18"}}' ;;
                    *tools/call*) echo '{"jsonrpc":"2.0","id":'$id',"result":{"content":[{"type":"text","text":"home is <'$HOME'>"}]}}' ;;
                  esac
                done
                """;
        try (RemoteClient client = clients((name, deadline) -> List.of()).process(List.of("/bin/sh", "-c", program))) {

            CallResult result =
                    client.call("env", JSON.createObjectNode(), NO_SCHEMA, SideEffects.NON_IDEMPOTENT, soon());

            assertThat(result.text()).isEqualTo("home is <>");
            assertThat(client.revision()).hasValue("2025-06-18");
        }
    }

    private RemoteException refusal(RemoteClient client) throws JsonProcessingException {
        return catchThrowableOfType(
                RemoteException.class,
                () -> client.call("echo", text("x"), NO_SCHEMA, SideEffects.NON_IDEMPOTENT, soon()));
    }

    private static ObjectNode text(String text) {
        return JSON.createObjectNode().put("text", text);
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(10));
    }

    private RemoteClient client() {
        return client(Optional.empty());
    }

    private RemoteClient client(Optional<String> token) {
        return clients((name, deadline) -> List.of()).http(server.url(), true, token);
    }

    private RemoteClients clients(Resolver resolver) {
        return new RemoteClients(vertx, resolver, new AddressRules(List.of()), 65_536, "1");
    }
}
