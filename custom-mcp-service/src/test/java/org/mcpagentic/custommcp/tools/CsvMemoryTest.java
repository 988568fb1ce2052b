package org.mcpagentic.custommcp.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mcpagentic.agent.tool.CallThreads;
import org.mcpagentic.agent.tool.ToolContext;
import org.mcpagentic.custommcp.tools.csv.CsvConfig;
import org.mcpagentic.custommcp.tools.fetch.LocalFetcher;
import org.mcpagentic.custommcp.tools.fetch.LoopbackServer;
import org.mcpagentic.custommcp.tools.fetch.LoopbackServer.Script;
import org.mcpagentic.store.TenantId;
import org.mcpagentic.testsupport.Settings;

/** A file much larger than the memory there is. */
class CsvMemoryTest {

    private static final int HEAP_MEGABYTES = 96;
    private static final int ROWS = 2_000_000;

    /** Some 170 MB: every value another one, more numbers than are kept, texts that fill the room for values. */
    private static final Script LARGE = (request, out) -> {
        LoopbackServer.head(out, "HTTP/1.1 200 OK", "Content-Type: text/csv");
        Random random = new Random(9);
        StringBuilder rows = new StringBuilder("id,amount,text,ten\n");
        for (int i = 0; i < ROWS; i++) {
            rows.append(i)
                    .append(',')
                    .append(random.nextInt(1_000_000))
                    .append(",a text of some length that is different in every row: ")
                    .append(i)
                    .append(',')
                    .append(i % 10)
                    .append('\n');
            if (rows.length() > 60_000) {
                out.write(rows.toString().getBytes(UTF_8));
                rows.setLength(0);
            }
        }
        out.write(rows.toString().getBytes(UTF_8));
    };

    /** Server and tool in a process of little memory, which prints the result. */
    public static void main(String[] arguments) {
        try (LoopbackServer server = LoopbackServer.with(LARGE);
                LocalFetcher local = LocalFetcher.trusting(server, Map.of())) {
            CsvSummaryTool tool = new CsvSummaryTool(
                    local.fetcher(), Settings.of(CsvConfig.class, Map.of("tools.csv-summary.max-bytes", "1000000000")));
            String result = tool.call(
                            Json.object().put("url", server.url("/")),
                            new ToolContext(TenantId.DEFAULT, "k", new CallThreads()))
                    .await()
                    .indefinitely();
            System.out.println(result);
        }
        // why: the result stands at the end of the output, and no pool of a library has to be waited for
        Runtime.getRuntime().halt(0);
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void summarisesAFileLargerThanTheHeap() throws Exception {
        Process small = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + HEAP_MEGABYTES + "m",
                        "-XX:MaxDirectMemorySize=32m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CsvMemoryTest.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();

        String output = new String(small.getInputStream().readAllBytes(), UTF_8).strip();

        assertThat(small.waitFor()).as("%s", output).isZero();
        ObjectNode summary = Json.object(output.substring(output.lastIndexOf("\n") + 1));
        assertThat(summary.path("rows").intValue()).isEqualTo(ROWS);
        assertThat(summary.path("approximate").textValue()).contains("estimates");
        assertThat(summary.path("columns").path(0).path("sum").longValue()).isEqualTo((long) ROWS * (ROWS - 1) / 2);
        assertThat(summary.path("columns").path(1).path("quantiles").path("0.5").doubleValue())
                .isCloseTo(500_000, within(5_000.0));
        assertThat(summary.path("columns").path(2).path("distinct").textValue()).isEqualTo(">10000");
        assertThat(summary.path("columns").path(3).path("distinct").intValue()).isEqualTo(10);
    }
}
