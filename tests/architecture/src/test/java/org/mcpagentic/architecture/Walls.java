package org.mcpagentic.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;

/** The rules of the house, each with its reason. */
enum Walls {
    DOMAIN_KNOWS_NO_TECHNOLOGY(classes()
            .that()
            .resideInAPackage("org.mcpagentic.store")
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage("org.mcpagentic.store", "java..", "io.smallrye.mutiny..", "org.jspecify.."))
            .because("the domain of the store outlives what it is stored in")),

    ONLY_ADAPTERS_KNOW_REDIS(noClasses()
            .that()
            .resideOutsideOfPackage("..redis..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.vertx..redis..", "io.quarkus.redis.."))
            .because("what is atomic is decided in the scripts, in one place")),

    STORE_STANDS_ALONE(noClasses()
            .that()
            .resideInAPackage("org.mcpagentic.store..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "org.mcpagentic.agent..",
                    "org.mcpagentic.archive..",
                    "org.mcpagentic.edge..",
                    "org.mcpagentic.mcp..",
                    "org.mcpagentic.custommcp..",
                    "org.mcpagentic.publicmcp..",
                    "org.mcpagentic.dashboard.."))
            .because("everything builds on the store")),

    ARCHIVE_KNOWS_THE_DOMAIN_ALONE(noClasses()
            .that()
            .resideInAPackage("org.mcpagentic.archive..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "org.mcpagentic.store.redis..",
                    "org.mcpagentic.agent..",
                    "org.mcpagentic.models..",
                    "org.mcpagentic.edge..",
                    "org.mcpagentic.custommcp..",
                    "org.mcpagentic.publicmcp..",
                    "org.mcpagentic.dashboard..",
                    "io.quarkus..",
                    "io.smallrye.."))
            .because("an archive is read years later, by a program that brings nothing else")),

    ONLY_AN_ADAPTER_KNOWS_AMAZON(noClasses()
            .that()
            .resideOutsideOfPackage("org.mcpagentic.archive.s3..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("software.amazon.."))
            .because("where an archive lies is behind its port")),

    THINKING_KNOWS_NO_TRANSPORT(noClasses()
            .that()
            .resideInAPackage("org.mcpagentic.agent..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "org.mcpagentic.edge..",
                    "org.mcpagentic.custommcp..",
                    "org.mcpagentic.publicmcp..",
                    "org.mcpagentic.dashboard..",
                    "jakarta.ws.rs..",
                    "io.vertx.ext.web.."))
            .because("the loop runs the same behind every face")),

    THINKING_KNOWS_NO_PROVIDER(noClasses()
            .that()
            .resideInAPackage("org.mcpagentic.agent..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.mcpagentic.models.."))
            .because("the loop asks any model through its port")),

    MODELS_KNOW_NO_FEATURE(noClasses()
            .that()
            .resideInAPackage("org.mcpagentic.models..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "org.mcpagentic.edge..",
                    "org.mcpagentic.custommcp..",
                    "org.mcpagentic.publicmcp..",
                    "org.mcpagentic.dashboard.."))
            .because("every service asks models the same way")),

    EDGE_KNOWS_NO_FEATURE(noClasses()
            .that()
            .resideInAPackage("org.mcpagentic.edge..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "org.mcpagentic.agent..",
                    "org.mcpagentic.custommcp..",
                    "org.mcpagentic.publicmcp..",
                    "org.mcpagentic.dashboard.."))
            .because("what every request meets comes before every feature")),

    ENDPOINT_KNOWS_NO_FEATURE(noClasses()
            .that()
            .resideInAPackage("org.mcpagentic.mcp..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "org.mcpagentic.agent..",
                    "org.mcpagentic.models..",
                    "org.mcpagentic.custommcp..",
                    "org.mcpagentic.publicmcp..",
                    "org.mcpagentic.dashboard.."))
            .because("services say what is offered; the protocol is the same for all")),

    WHAT_IS_OFFERED_KNOWS_NO_TRANSPORT(noClasses()
            .that()
            .resideInAPackage("org.mcpagentic.mcp..")
            .and()
            .resideOutsideOfPackages("org.mcpagentic.mcp.http..", "org.mcpagentic.mcp.redis..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.mcpagentic.mcp.http..", "io.vertx..", "jakarta.ws.rs.."))
            .because("another implementation of the protocol could serve the same registry")),

    CUSTOM_KNOWS_NO_OTHER_SERVICE(service("custommcp", "publicmcp", "dashboard")),

    PUBLIC_KNOWS_NO_OTHER_SERVICE(service("publicmcp", "custommcp", "dashboard")),

    DASHBOARD_KNOWS_NO_OTHER_SERVICE(service("dashboard", "custommcp", "publicmcp")),

    NOTHING_THAT_SHIPS_HOLDS_A_REDIS(noClasses()
            .that()
            .resideOutsideOfPackages("org.mcpagentic.localredis..", "org.mcpagentic.launcher..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.mcpagentic.localredis.."))
            .because("a Redis is owned by the launcher and by tests, never by a service")),

    PACKAGES_ARE_NAMED_FOR_THEIR_JOB(noClasses()
            .should()
            .resideInAnyPackage(
                    "..util..", "..utils..", "..common..", "..helper..", "..dto..", "..impl..", "..service..")
            .because("a package is named for its job")),

    NOBODY_BLOCKS(noClasses()
            .that()
            .doNotHaveFullyQualifiedName("org.mcpagentic.custommcp.work.WorkerBean")
            .and()
            .resideOutsideOfPackages("org.mcpagentic.launcher..", "org.mcpagentic.localredis..")
            .should()
            .callMethodWhere(target(owner(nameMatching("io\\.smallrye\\.mutiny\\.groups\\.UniAwait.*"))))
            .because("event loops are never blocked; only a worker's stop waits, on the shutdown thread")),

    TIME_IS_INJECTED(noClasses()
            .that()
            .resideOutsideOfPackages("org.mcpagentic.launcher..", "org.mcpagentic.localredis..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .because("time comes from a clock that tests can set"));

    // why: immutable in effect; the type is the library's
    @SuppressWarnings("ImmutableEnumChecker")
    private final ArchRule rule;

    Walls(ArchRule rule) {
        this.rule = rule;
    }

    ArchRule rule() {
        return rule;
    }

    private static ArchRule service(String self, String... others) {
        return noClasses()
                .that()
                .resideInAPackage("org.mcpagentic." + self + "..")
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(
                        "org.mcpagentic." + others[0] + "..", "org.mcpagentic." + others[1] + ".."))
                .because("services meet over the network only");
    }
}
