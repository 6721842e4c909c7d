package io.deploytrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.testkit.TalkingServer.Client;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {

    private static final String WRITE = "insert into spans";

    private TalkingServer server;
    private FaultProxy proxy;

    @BeforeEach
    void open() throws IOException {
        server = new TalkingServer();
        proxy = FaultProxy.to(server.port(), FaultPlan.none());
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        server.close();
    }

    private Client client() throws IOException {
        return new Client(proxy.port()).connect();
    }

    @Test
    void healthy_passesEverythingOn() throws IOException {
        try (var client = client()) {
            var large = "select '" + "x".repeat(300_000) + "'";

            assertThat(client.ask("select 1")).isEqualTo("Cselect 1");
            assertThat(client.ask(large)).isEqualTo("C" + large);
        }
        assertThat(proxy.accepted()).isEqualTo(1);
        assertThat(proxy.struck()).isEmpty();
    }

    @Test
    void roundTrips_severalConnections_areCountedOnEach() throws IOException {
        try (var one = client();
                var other = client()) {
            one.ask("select 1");
            other.ask("select 1");
            var before = proxy.roundTrips();
            one.ask("select 2");
            other.ask("select 2");
            one.ask("select 3");

            assertThat(proxy.roundTrips() - before).isEqualTo(3);
        }
    }

    @Test
    void writeRequest_cut_neverReachesTheServer() throws IOException {
        proxy.strike(FaultPoint.WRITE_REQUEST, Fault.cut());
        try (var client = client()) {
            client.ask("select 1");

            assertThatThrownBy(() -> client.ask(WRITE)).isInstanceOf(IOException.class);
        }
        assertThat(server.queries()).doesNotContain(WRITE);
        assertThat(proxy.lostAnswers()).isZero();
    }

    @Test
    void writeAnswer_reset_breaksAfterTheServerHasDoneIt() throws IOException {
        var struck = proxy.strike(FaultPoint.WRITE_ANSWER, Fault.reset());
        try (var client = client()) {
            client.ask("select 1");
            assertThat(client.ask("wrong insert into spans")).startsWith("E");
            assertThat(struck.getCount()).isOne();

            assertThatThrownBy(() -> client.ask(WRITE)).isInstanceOf(IOException.class);
        }
        assertThat(struck.getCount()).isZero();
        assertThat(server.queries()).contains(WRITE);
        assertThat(proxy.lostAnswers()).isEqualTo(1);
        assertThat(proxy.struck()).isEqualTo(Map.of(Fault.Kind.RESET, 1));
    }

    @Test
    void truncate_passesAPart() throws IOException {
        proxy.strike(FaultPoint.WRITE_ANSWER, Fault.truncate(0.9));
        try (var client = client()) {
            client.send(WRITE);

            assertThat(client.answer()).isEqualTo("C" + WRITE);
            assertThatThrownBy(client::answer).isInstanceOfAny(EOFException.class, SocketException.class);
        }
    }

    @Test
    void halfClose_endsOneDirection() throws Exception {
        proxy.strike(FaultPoint.WRITE_ANSWER, Fault.halfClose());
        try (var client = client()) {
            client.send(WRITE);
            assertThatThrownBy(() -> {
                        client.answer();
                        client.answer();
                    })
                    .isInstanceOf(EOFException.class);

            client.send("still heard");
            Await.until(() -> server.queries().contains("still heard"));
        }
    }

    @Test
    void delay_isLateButWhole() throws IOException {
        proxy.strike(FaultPoint.WRITE_ANSWER, Fault.delay(Duration.ofMillis(200)));
        try (var client = client()) {
            var from = System.nanoTime();

            assertThat(client.ask(WRITE)).isEqualTo("C" + WRITE);

            assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        }
        assertThat(proxy.lostAnswers()).isZero();
    }

    @Test
    void freeze_isSilentUntilTheProxyHeals() throws IOException {
        proxy.strike(FaultPoint.WRITE_ANSWER, Fault.freeze());
        try (var frozen = client();
                var other = client()) {
            frozen.send(WRITE);
            Await.until(() -> proxy.lostAnswers() == 1);
            assertThat(other.ask("select 2")).isEqualTo("Cselect 2");

            proxy.heal();

            assertThatThrownBy(() -> {
                        frozen.answer();
                        frozen.answer();
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void refuse_refusesNewConnectionsOnly() throws IOException {
        try (var client = client()) {
            proxy.refuse();

            assertThatThrownBy(this::client).isInstanceOf(ConnectException.class);
            assertThat(client.ask("select 1")).isEqualTo("Cselect 1");

            proxy.heal();
            client().close();
        }
    }

    @Test
    void blackHole_holdsEverythingUntilTheProxyHeals() throws IOException {
        try (var old = client()) {
            proxy.blackHole();
            old.send(WRITE);
            try (var fresh = new Client(proxy.port())) {
                assertThat(fresh.hearsNothing()).isTrue();
                assertThat(old.hearsNothing()).isTrue();
                assertThat(server.queries()).isEmpty();

                proxy.heal();

                assertThat(old.answer()).isEqualTo("C" + WRITE);
                fresh.connect();
            }
        }
    }

    @Test
    void cutAllAndResetAll_endWhatIsThere() throws IOException {
        try (var first = client()) {
            proxy.cutAll();
            assertThatThrownBy(() -> first.ask("select 1")).isInstanceOf(IOException.class);
        }
        try (var second = client()) {
            proxy.resetAll();
            assertThatThrownBy(() -> second.ask("select 1")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void serverGone_resetsTheClient_andAnotherIsFound() throws Exception {
        server.close();
        assertThatThrownBy(this::client).isInstanceOf(IOException.class);

        try (var restarted = new TalkingServer()) {
            proxy.leadTo(restarted.port());
            client().close();
        }
    }

    @Test
    void strike_isCountedDownWhenItStruck() throws Exception {
        var struck = proxy.strike(FaultPoint.ANYWHERE, Fault.cut());

        assertThatThrownBy(this::client).isInstanceOf(IOException.class);

        assertThat(struck.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void strike_calledOff_letsEverythingThrough() throws Exception {
        var struck = proxy.strike(FaultPoint.ANYWHERE, Fault.cut());

        proxy.callOffStrikes();

        try (var client = client()) {
            assertThat(client.ask("select 1")).isEqualTo("Cselect 1");
        }
        assertThat(struck.getCount()).isEqualTo(1);
    }
}
