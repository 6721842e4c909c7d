package io.deploytrace.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The demonstration serves its page until it is told to stop. */
@ExtendWith(Site.Extension.class)
class DemoServerTest {

    @Test
    void demo_withoutOnce_servesThePageAndEndsWhenItIsTold(Site site) throws Exception {
        var demo = ServerProcess.serve(site.databaseUrl(), "demo", "--port", "0");
        try (var visit = site.visit(demo.url(), null)) {
            visit.open(site.path("")).see("checkout-production");
        } finally {
            assertThat(demo.stop()).isZero();
        }
    }
}
