package org.mcpagentic.edge.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ProblemCodeTest {

    private static final Path CONTRACT = Path.of("..", "..", "docs", "reference", "rest-api.md");
    private static final Pattern ROW = Pattern.compile("^\\| ([45]\\d\\d) \\| (.*) \\|$", Pattern.MULTILINE);
    private static final Pattern CODE = Pattern.compile("`([a-z_]+)`");

    @Test
    void theContractListsExactlyTheseCodesUnderTheseStatuses() throws IOException {
        Map<String, Integer> documented = new TreeMap<>();
        String table = Files.readString(CONTRACT).split("\n## Errors\n", 2)[1];

        ROW.matcher(table).results().forEach(row -> codes(row).forEach((code, status) -> documented.put(code, status)));

        // why not these two: they are fields of a problem that the table mentions beside the codes
        documented.keySet().removeAll(java.util.List.of("errors", "instance"));
        assertThat(documented)
                .isEqualTo(Arrays.stream(ProblemCode.values())
                        .collect(Collectors.toMap(ProblemCode::wireName, ProblemCode::status)));
    }

    @Test
    void everyStatusHasItsPhrase() {
        assertThat(ProblemCode.values())
                .allSatisfy(code -> assertThat(code.title()).isNotBlank());
    }

    private static Map<String, Integer> codes(MatchResult row) {
        return CODE.matcher(row.group(2))
                .results()
                .collect(Collectors.toMap(code -> code.group(1), code -> Integer.valueOf(row.group(1))));
    }
}
