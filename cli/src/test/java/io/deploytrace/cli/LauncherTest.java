package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {

    private static final String FIRST_USE = "Building deploytrace (first use) …\n";
    private static final String CHANGED = "Building deploytrace (its sources changed) …\n";

    @TempDir
    private Path directory;

    private TestCheckout checkout;

    @BeforeEach
    void createCheckout() throws IOException {
        directory = directory.toRealPath();
        checkout = new TestCheckout(directory);
    }

    private TestProgram.Result printed(String err) {
        return new TestProgram.Result(0, "x|" + checkout.root + "\n", err);
    }

    private void assertBuilds(int builds, String err) throws Exception {
        assertThat(checkout.run("x")).isEqualTo(printed(err));
        assertThat(checkout.builds()).isEqualTo(builds);
    }

    @Test
    void firstUse_buildsOnce() throws Exception {
        assertBuilds(1, FIRST_USE);
        assertBuilds(1, "");
        assertThat(checkout.root.resolve("builds")).hasContent("-Dquick -B -q -pl cli -am -DskipTests clean package");
    }

    @Test
    void changedFile_isBuiltAgain() throws Exception {
        assertBuilds(1, FIRST_USE);
        checkout.write("cli/src/main/java/A.java", "class A { int a; }");

        assertBuilds(2, CHANGED);
        assertBuilds(2, "");
    }

    @Test
    void newAndDeletedFiles_areBuiltAgain() throws Exception {
        assertBuilds(1, FIRST_USE);
        checkout.write("cli/src/main/resources/new.sql", "SELECT 1");
        assertBuilds(2, CHANGED);

        Files.delete(checkout.root.resolve("cli/src/main/java/B.java"));
        assertBuilds(3, CHANGED);
    }

    @Test
    void touchedFile_isNotBuiltAgain() throws Exception {
        assertBuilds(1, FIRST_USE);
        Files.setLastModifiedTime(checkout.root.resolve("pom.xml"), FileTime.from(Instant.now()));

        assertBuilds(1, "");
    }

    @Test
    void returnToTheStateBefore_isNotBuiltAgain() throws Exception {
        assertBuilds(1, FIRST_USE);
        checkout.write("pom.xml", "<project></project>");
        assertBuilds(2, CHANGED);
        checkout.write("pom.xml", "<project/>");

        assertBuilds(2, "");
    }

    @Test
    void failedBuild_showsWhatMavenSaidAndIsTriedAgain() throws Exception {
        checkout.maven("echo 'the reason' >&2; exit 1");

        var failed = new TestProgram.Result(
                4, "", FIRST_USE + "noise of Maven\nthe reason\ndeploytrace: the build failed; see above.\n");
        assertThat(checkout.run("x")).isEqualTo(failed);
        assertThat(checkout.run("x")).isEqualTo(failed);
    }

    @Test
    void twoAtOnce_buildOnce() throws Exception {
        var launcher = checkout.root.resolve("deploytrace");
        checkout.maven("sleep 1; cp -R \"$PWD/prepared/.\" cli/target/quick/");

        var first = checkout.start(launcher, checkout.root, "x");
        var second = checkout.start(launcher, checkout.root, "x");

        assertThat(TestCheckout.result(first).out()).isEqualTo(printed("").out());
        assertThat(TestCheckout.result(second).out()).isEqualTo(printed("").out());
        assertThat(checkout.builds()).isEqualTo(1);
    }

    @Test
    void lockOfAKilledBuild_isTaken() throws Exception {
        var dead = new ProcessBuilder("true").start();
        dead.waitFor();
        var program = Files.createDirectories(checkout.root.resolve("cli/target/program"));
        Files.createSymbolicLink(program.resolve("lock"), Path.of(Long.toString(dead.pid())));

        assertBuilds(1, FIRST_USE);
        assertThat(program.resolve("lock")).doesNotExist();
    }

    @Test
    void symbolicLink_inAnotherDirectory_works() throws Exception {
        var elsewhere = Files.createDirectories(directory.resolve("else where"));
        Files.createSymbolicLink(elsewhere.resolve("first"), Path.of("../a check out/deploytrace"));
        var link = Files.createSymbolicLink(elsewhere.resolve("dt"), Path.of("first"));

        var result = TestCheckout.result(checkout.start(link, elsewhere, "a b", "", "$HOME", "*"));

        assertThat(result).isEqualTo(new TestProgram.Result(0, "a b||$HOME|*|" + elsewhere + "\n", FIRST_USE));
    }

    @Test
    void call_isPassedOnAsItWasTyped() throws Exception {
        checkout.run();

        assertThat(checkout.run("called").out()).isEqualTo(checkout.root + "/deploytrace\n");
        checkout.write("caller", "./deploytrace called; PATH=$PWD:$PATH; deploytrace called");
        var result = TestCheckout.result(checkout.start(Path.of("/bin/sh"), checkout.root, "caller"));
        assertThat(result.out()).isEqualTo("./deploytrace\ndeploytrace\n");
    }

    @Test
    void commandOfAJob_hasACacheOfClassesOfItsOwn() throws Exception {
        checkout.run("x");

        assertThat(checkout.run("step", "x"))
                .isEqualTo(new TestProgram.Result(0, "step|x|" + checkout.root + "\n", ""));
        try (var files = Files.list(checkout.built())) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".jsa")))
                    .satisfiesExactlyInAnyOrder(
                            name -> assertThat(name).startsWith("ci-"),
                            name -> assertThat(name).startsWith("commands-"));
        }
    }

    @Test
    void noHome_works() throws Exception {
        checkout.variables.remove("HOME");

        assertBuilds(1, FIRST_USE);
        var maven = checkout.root.resolve("cli/target/maven/repository");
        assertThat(checkout.root.resolve("builds")).content().startsWith("-Dmaven.repo.local=" + maven + " -Dquick");
    }

    @Test
    void arguments_outsideAscii_arriveWithoutALocale() throws Exception {
        checkout.run();
        // A JVM without a locale can't pass such arguments on itself; a shell can.
        checkout.write("caller", "exec ./deploytrace 'zürich-→'\n");

        var result = TestCheckout.result(checkout.start(Path.of("/bin/sh"), checkout.root, "caller"));

        assertThat(result).isEqualTo(new TestProgram.Result(0, "zürich-→|" + checkout.root + "\n", ""));
    }

    @Test
    void noJava_saysWhatToInstall() throws Exception {
        var tools = Files.createDirectories(directory.resolve("tools"));
        for (var tool : new String[] {"sh", "dirname", "readlink"}) {
            Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
        }
        checkout.variables.put("PATH", tools.toString());

        assertThat(checkout.run("x"))
                .isEqualTo(new TestProgram.Result(
                        4, "", "deploytrace: no Java found. Install a JDK 17 or newer, or set JAVA_HOME to one.\n"));
    }

    @Test
    void javaHome_withoutJava_isNamed() throws Exception {
        checkout.variables.put("JAVA_HOME", "/nowhere");

        assertThat(checkout.run("x"))
                .isEqualTo(
                        new TestProgram.Result(
                                4,
                                "",
                                "deploytrace: JAVA_HOME is /nowhere, but there is no bin/java in it. Set it to a JDK 17 or newer.\n"));
    }

    @Test
    void oldJava_isNamed() throws Exception {
        var home = Files.createDirectories(directory.resolve("old"));
        Files.createDirectories(home.resolve("bin"));
        Files.copy(Path.of("/bin/true").toRealPath(), home.resolve("bin/java"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"11.0.2\"\n");
        checkout.variables.put("JAVA_HOME", home.toString());

        assertThat(checkout.run("x"))
                .isEqualTo(new TestProgram.Result(
                        4,
                        "",
                        "deploytrace: Java 11.0.2 in " + home
                                + " is too old. Install a JDK 17 or newer, or set JAVA_HOME to one.\n"));
    }
}
