package org.mcpagentic.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.mcpagentic.localredis.FreePort;

class ChosenModelTest {
    private static final String FLASH = """
            {"name":"gemini-3.8-flash","provider":"gemini","model_id":"gemini-3.8-flash","chosen":%s,"available":true,\
            "context_tokens":1048576,"price":{"input":0.75,"cached_input":0.075,"output":3.75},"fallback":["house"]}""";
    private static final String HOUSE = """
            {"name":"house","provider":"openai","model_id":"qwen3:8b","chosen":%s,"available":true,\
            "context_tokens":32768,"fallback":[]}""";
    private static final String OFFLINE = """
            {"name":"offline","provider":"offline","model_id":"offline","chosen":%s,"available":true,\
            "context_tokens":32768,"price":{"input":0,"cached_input":0,"output":0},"fallback":[]}""";

    @Test
    void isTheOneThatIsMarked() {
        String models = models(FLASH.formatted(false), HOUSE.formatted(true), OFFLINE.formatted(false));

        assertThat(ChosenModel.nameIn(models)).contains("house");
    }

    @Test
    void isNoneWhereNoneIsMarked() {
        String models = models(FLASH.formatted(false), HOUSE.formatted(false));

        assertThat(ChosenModel.nameIn(models)).isEmpty();
        assertThat(ChosenModel.nameIn("")).isEmpty();
    }

    @Test
    void isShownWithWhereTheOthersAre() throws IOException {
        assertThat(lineOf(models(FLASH.formatted(true), OFFLINE.formatted(false))))
                .matches("gemini-3\\.8-flash \\(http://localhost:\\d+/model lists all\\)");
    }

    @Test
    void isShownAsNoLanguageModelWhereItIsNone() throws IOException {
        assertThat(lineOf(models(FLASH.formatted(false), OFFLINE.formatted(true))))
                .isEqualTo("offline (rules, no language model; GEMINI_API_KEY or MODEL chooses another)");
    }

    @Test
    void isLeftOpenWhereTheServiceDoesNotSay() {
        int port = FreePort.any();

        String line = ChosenModel.askedOf(port);

        assertThat(line).isEqualTo("http://localhost:" + port + "/model lists all");
    }

    private static String models(String... items) {
        return "{\"items\":[" + String.join(",", items) + "]}";
    }

    private static String lineOf(String models) throws IOException {
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/model", exchange -> {
            byte[] body = models.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        service.start();
        try {
            return ChosenModel.askedOf(service.getAddress().getPort());
        } finally {
            service.stop(0);
        }
    }
}
