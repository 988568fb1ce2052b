package org.mcpagentic.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;

/** A generated CSV file on a server of the operator's own, and what is true of it. */
final class LargeFile implements AutoCloseable {

    static final int ROWS = 100_000;

    private static final long SEED = 20_261_122;
    private static final String[] CITIES = {"Bern", "Basel", "Zug", "Chur"};

    private final HttpServer server;
    private final long[] cents;
    private final long[] centsOfCity;
    private final int missing;

    private LargeFile(HttpServer server, long[] cents, long[] centsOfCity, int missing) {
        this.server = server;
        this.cents = cents;
        this.centsOfCity = centsOfCity;
        this.missing = missing;
    }

    /** Generates it from a seed and serves it on loopback. */
    static LargeFile serve() throws IOException {
        Random random = new Random(SEED);
        StringBuilder csv = new StringBuilder("id,city,amount,note\r\n");
        long[] cents = new long[ROWS];
        long[] centsOfCity = new long[CITIES.length];
        int missing = 0;
        for (int row = 0; row < ROWS; row++) {
            int city = random.nextInt(CITIES.length);
            boolean empty = random.nextInt(100) == 0;
            long amount = random.nextLong(-100_000, 10_000_000);
            csv.append(row + 1).append(',').append(CITIES[city]).append(',');
            if (!empty) {
                csv.append(amount / 100 == 0 && amount < 0 ? "-" : "")
                        .append(amount / 100)
                        .append('.')
                        .append("%02d".formatted(Math.abs(amount % 100)));
                cents[row - missing] = amount;
                centsOfCity[city] += amount;
            } else {
                missing++;
            }
            csv.append(",\"said \"\"yes\"\", ").append(row % 7).append("\"\r\n");
        }
        long[] kept = Arrays.copyOf(cents, ROWS - missing);
        Arrays.sort(kept);
        byte[] content = csv.toString().getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/amounts.csv", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "text/csv; charset=utf-8");
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        });
        server.start();
        return new LargeFile(server, kept, centsOfCity, missing);
    }

    String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    String address() {
        return "http://" + authority() + "/amounts.csv";
    }

    void assertSummarisedBy(JsonNode summary) {
        assertThat(summary.get("rows").asInt()).isEqualTo(ROWS);
        JsonNode amount = summary.at("/columns/2");
        assertThat(amount.get("name").asText()).isEqualTo("amount");
        assertThat(amount.get("count").asInt()).isEqualTo(cents.length);
        assertThat(amount.get("missing").asInt()).isEqualTo(missing);
        assertThat(amount.get("min").decimalValue()).isEqualByComparingTo(money(cents[0]));
        assertThat(amount.get("max").decimalValue()).isEqualByComparingTo(money(cents[cents.length - 1]));
        assertThat(amount.get("sum").decimalValue())
                .isEqualByComparingTo(money(Arrays.stream(cents).sum()));
        double median = (cents[(cents.length - 1) / 2] + cents[cents.length / 2]) / 200.0;
        assertThat(amount.at("/quantiles/0.5").asDouble()).isEqualTo(median, within());
        assertThat(summary.at("/groups/groups")).hasSize(CITIES.length).allSatisfy(group -> {
            int city = List.of(CITIES).indexOf(group.get("value").asText());
            assertThat(group.at("/figures/amount/sum").asDouble()).isEqualTo(centsOfCity[city] / 100.0, within());
        });
    }

    private static Offset<Double> within() {
        return Offset.offset(0.005);
    }

    private static BigDecimal money(long cents) {
        return BigDecimal.valueOf(cents, 2).stripTrailingZeros();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
