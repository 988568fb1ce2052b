package org.mcpagentic.testsupport;

import io.restassured.RestAssured;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What {@code /q/metrics} said at one time.
 *
 * @param text in Prometheus' text format
 */
public record Metrics(String text) {

    public static Metrics scrape() {
        return new Metrics(RestAssured.given()
                .accept("text/plain")
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString());
    }

    /** The names of all series. */
    public Set<String> names() {
        return series().map(line -> line.split("[{ ]", 2)[0]).collect(Collectors.toSet());
    }

    /** The sum of the series of a name with all of these labels, each as {@code name="value"}. */
    public double value(String name, String... labels) {
        return series().filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> Arrays.stream(labels).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** By how much that rose. */
    public double rise(Metrics before, String name, String... labels) {
        return value(name, labels) - before.value(name, labels);
    }

    private Stream<String> series() {
        return text.lines().filter(line -> !line.startsWith("#"));
    }
}
