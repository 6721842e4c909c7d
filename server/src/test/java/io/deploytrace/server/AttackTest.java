package io.deploytrace.server;

import io.deploytrace.server.OtlpSender.Protocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;

/** An installation with a victim, new for each test, that is attacked by each protocol. */
abstract class AttackTest {

    static Installation installation;

    @Parameter
    Protocol protocol;

    Scene scene;

    @BeforeAll
    static void start() throws Exception {
        installation = Installation.start();
    }

    @AfterAll
    static void stop() throws Exception {
        installation.close();
    }

    @BeforeEach
    void setScene() {
        scene = new Scene(installation);
    }
}
