package org.mcpagentic.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests that SECURITY.md calls as witnesses exist. */
class SecurityPageTest {

    private static final Path CHECKOUT = Path.of("..", "..");
    private static final Pattern WITNESS = Pattern.compile("`([A-Z][A-Za-z]+Test)`");

    @Test
    void everyTestThatIsNamedIsThere() throws IOException {
        Set<String> named = new TreeSet<>();
        Matcher witness = WITNESS.matcher(Files.readString(CHECKOUT.resolve("SECURITY.md")));
        while (witness.find()) {
            named.add(witness.group(1));
        }

        assertThat(named).hasSizeGreaterThan(20);
        assertThat(tests()).containsAll(named);
    }

    private static Set<String> tests() throws IOException {
        try (Stream<Path> files = Files.walk(CHECKOUT)) {
            return files.filter(file -> file.toString().contains("src/test/java"))
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Test.java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
    }
}
