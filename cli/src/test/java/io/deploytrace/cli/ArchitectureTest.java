package io.deploytrace.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What each module may use, and what it shows to the others. */
@AnalyzeClasses(packages = "io.deploytrace", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] MODEL = {
        "io.deploytrace.vocabulary", "io.deploytrace.span", "io.deploytrace.store", "io.deploytrace.query"
    };

    private static final Set<String> LISTED_ELSEWHERE = Stream.concat(
                    Stream.of(MODEL), Stream.of("io.deploytrace.recorder"))
            .collect(toSet());

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.deploytrace.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule MODEL_USES_THE_JDK_ALONE = module(MODEL).uses("java..");

    @ArchTest
    static final ArchRule RECORDER = module("io.deploytrace.recorder")
            .uses("java..", "javax.crypto..", "io.opentelemetry..", "com.nimbusds..", "org.slf4j..");

    @ArchTest
    static final ArchRule OPA = module("io.deploytrace.opa")
            .uses("java..", "com.fasterxml.jackson.core..", "io.deploytrace.recorder", "org.slf4j..");

    @ArchTest
    static final ArchRule BUFFER = module("io.deploytrace.buffer").uses("java..");

    @ArchTest
    static final ArchRule STORE_POSTGRES = module("io.deploytrace.store.postgres")
            .uses("java..", "javax.sql..", "org.postgresql..", "org.flywaydb..", "com.fasterxml.jackson.core..");

    @ArchTest
    static final ArchRule EMBEDDED_POSTGRES = module("io.deploytrace.embedded.postgres")
            .uses(
                    "java..",
                    "javax.sql..",
                    "com.sun.security.auth..",
                    "io.zonky.test..",
                    "org.postgresql..",
                    "org.apache.commons.compress..",
                    "org.tukaani.xz..");

    @ArchTest
    static final ArchRule REMOTE = module("io.deploytrace.remote")
            .uses("java..", "javax.net.ssl..", "com.google.protobuf..", "io.opentelemetry.proto..");

    @ArchTest
    static final ArchRule JSON = module("io.deploytrace.json").uses("java..", "com.fasterxml.jackson.core..");

    @ArchTest
    static final ArchRule CI = module("io.deploytrace.ci")
            .uses("java..", "javax.net.ssl..", "com.fasterxml.jackson.core..", "io.deploytrace.recorder");

    @ArchTest
    static final ArchRule SERVER_INGEST = module("io.deploytrace.server.ingest")
            .uses(
                    "java..",
                    "com.fasterxml.jackson.core..",
                    "com.google.protobuf..",
                    "io.opentelemetry..",
                    "io.deploytrace.buffer",
                    "io.deploytrace.recorder",
                    "org.slf4j..");

    @ArchTest
    static final ArchRule SERVER_API =
            module("io.deploytrace.server.api").uses("java..", "com.fasterxml.jackson.core..", "io.deploytrace.json");

    @ArchTest
    static final ArchRule SERVER_UI =
            module("io.deploytrace.server.ui").uses("java..", "com.linecorp.armeria..", "io.deploytrace.server.api");

    @ArchTest
    static final ArchRule SERVER = module("io.deploytrace.server")
            .uses(
                    "java..",
                    "com.fasterxml.jackson.core..",
                    "com.google.protobuf..",
                    "com.google.rpc..",
                    "com.linecorp.armeria..",
                    "io.deploytrace.buffer",
                    "io.deploytrace.recorder",
                    "io.deploytrace.server.api",
                    "io.deploytrace.server.ingest",
                    "io.deploytrace.server.ui",
                    "io.micrometer..",
                    "io.netty..",
                    "io.opentelemetry..",
                    "io.prometheus..",
                    "org.slf4j..");

    @ArchTest
    static final ArchRule TESTKIT =
            module("io.deploytrace.testkit").uses("java..", "javax.sql..", "org.junit.jupiter..", "org.assertj..");

    private record Module(List<String> packages) {

        ArchRule uses(String... others) {
            var allowed = Stream.of(packages, List.of(MODEL), List.of(others), List.of("org.jspecify.annotations"))
                    .flatMap(List::stream)
                    .toArray(String[]::new);
            return classes()
                    .that()
                    .resideInAnyPackage(packages.toArray(String[]::new))
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(allowed);
        }
    }

    private static Module module(String... packages) {
        return new Module(List.of(packages));
    }

    @ArchTest
    static final ArchRule ONLY_THE_PROGRAM_USES_ALL = classes()
            .that()
            .resideInAPackage("io.deploytrace.cli")
            .should()
            .onlyHaveDependentClassesThat()
            .resideInAPackage("io.deploytrace.cli");

    /** The model and the recorder, which users compile against, have their lists beside them. */
    @ArchTest
    static void publicTypes_areThoseOfTheList(JavaClasses all) throws IOException {
        var found = all.stream()
                .filter(ArchitectureTest::isPublic)
                .filter(type -> !LISTED_ELSEWHERE.contains(type.getPackageName()))
                .map(JavaClass::getName)
                .sorted()
                .collect(joining("\n", "", "\n"));

        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(Path.of("src", "test", "resources", "public-types.txt"), found);
        }
        assertThat(found)
                .as("public types; to open one, add it to src/test/resources/public-types.txt")
                .isEqualTo(publicTypes());
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(ArchitectureTest::isPublic).orElse(true);
    }

    private static String publicTypes() throws IOException {
        return Files.readString(Path.of("src", "test", "resources", "public-types.txt"));
    }
}
