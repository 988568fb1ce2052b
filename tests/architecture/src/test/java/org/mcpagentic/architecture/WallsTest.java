package org.mcpagentic.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The walls stand, and each of them would be seen to fall. */
class WallsTest {

    private static final String ROOT = "org.mcpagentic";

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    private static final JavaClasses PLANTED = new ClassFileImporter()
            .withImportOption(location -> location.contains("/architecture/target/test-classes/"))
            .importPackages(ROOT);

    @Test
    void looksAtAllModules() {
        assertThat(MAIN.stream().map(type -> type.getPackageName()))
                .contains(
                        "org.mcpagentic.store",
                        "org.mcpagentic.agent.loop",
                        "org.mcpagentic.archive",
                        "org.mcpagentic.models.gemini",
                        "org.mcpagentic.edge.access",
                        "org.mcpagentic.custommcp.tasks",
                        "org.mcpagentic.publicmcp.ask",
                        "org.mcpagentic.dashboard.live",
                        "org.mcpagentic.mcp.http",
                        "org.mcpagentic.localredis");
    }

    @ParameterizedTest
    @EnumSource(Walls.class)
    void stands(Walls wall) {
        wall.rule().check(MAIN);
    }

    @ParameterizedTest
    @EnumSource(Walls.class)
    void wouldBeSeenToFall(Walls wall) {
        boolean found = wall.rule().evaluate(PLANTED).hasViolation();

        assertThat(found).as("a planted violation of %s is found", wall).isTrue();
    }

    @Test
    void packagesOfAModuleFormNoCycles() {
        slices().matching("org.mcpagentic.(*).(**)").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void everyPackageKeepsNullOut() {
        Set<String> unmarked = new TreeSet<>();
        for (JavaPackage each : MAIN.getDefaultPackage().getPackage(ROOT).getSubpackagesInTree()) {
            if (!each.getClasses().isEmpty() && !each.isAnnotatedWith(NullMarked.class)) {
                unmarked.add(each.getName());
            }
        }
        assertThat(unmarked).isEmpty();
    }
}
