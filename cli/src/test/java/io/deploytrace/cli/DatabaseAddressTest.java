package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

class DatabaseAddressTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            postgres://ann:secret@db.example:5433/traces                 , db.example   , 5433, traces, ann , secret
            postgresql://ann:secret@db.example/traces                    , db.example   , 5432, traces, ann , secret
            jdbc:postgresql://db.example/traces?user=ann&password=secret , db.example   , 5432, traces, ann , secret
            postgres://ann:p%40ss%2Fw+%25@db.example/traces              , db.example   , 5432, traces, ann , p@ss/w+%
            postgres://ann@db.example/my%20traces                        , db.example   , 5432, my traces, ann , -
            postgres://ann@[::1]:5433/traces                             , [::1]        , 5433, traces, ann , -
            jdbc:postgresql:traces?user=ann                              , localhost    , 5432, traces, ann , -
            """)
    void parse_url_hasItsParts(String url, String host, int port, String database, String user, String password) {
        var source = (PGSimpleDataSource) DatabaseAddress.parse(url, null).dataSource();

        assertThat(source.getServerNames()).containsExactly(host);
        assertThat(source.getPortNumbers()).containsExactly(port);
        assertThat(source.getDatabaseName()).isEqualTo(database);
        assertThat(source.getUser()).isEqualTo(user);
        assertThat(source.getPassword()).isEqualTo(password);
    }

    @Test
    void parse_severalHosts_keepsThem() {
        var source = (PGSimpleDataSource)
                DatabaseAddress.parse("postgres://ann@a:1,b:2/traces", null).dataSource();

        assertThat(source.getServerNames()).containsExactly("a", "b");
        assertThat(source.getPortNumbers()).containsExactly(1, 2);
    }

    @Test
    void parse_parametersOfPsql_becomeThoseOfTheDriver() {
        var source = (PGSimpleDataSource)
                DatabaseAddress.parse("postgres://ann@h/d?sslmode=require&connect_timeout=3&application_name=ci", null)
                        .dataSource();

        assertThat(source.getSslMode()).isEqualTo("require");
        assertThat(source.getConnectTimeout()).isEqualTo(3);
        assertThat(source.getApplicationName()).isEqualTo("ci");
    }

    @Test
    void parse_withoutPassword_takesTheGivenOne() {
        var source = (PGSimpleDataSource)
                DatabaseAddress.parse("postgres://ann@h/d", "secret").dataSource();

        assertThat(source.getPassword()).isEqualTo("secret");
    }

    @Test
    void parse_withPassword_ignoresTheGivenOne() {
        var source = (PGSimpleDataSource)
                DatabaseAddress.parse("postgres://ann:mine@h/d", "other").dataSource();

        assertThat(source.getPassword()).isEqualTo("mine");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://ann:secret@h/d",
                "postgres//ann:secret@h/d",
                "postgres://ann:sec/ret@h/d/e",
                "postgres://ann:x@secret@h/d",
                "postgres://ann:secret/x@h",
                "postgres://ann:x?secret@h/d",
                "postgres://ann:secret%zz@h/d",
                "postgres://ann:secret@h/d?nonsense=secret",
                "postgres://ann:secret@h:99999999/d",
                "secret"
            })
    void parse_wrongUrl_saysWhatIsExpectedAndNotThePassword(String url) {
        assertThatThrownBy(() -> DatabaseAddress.parse(url, null).dataSource())
                .isInstanceOfSatisfying(
                        ProgramException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageStartingWith("--database-url (DEPLOYTRACE_DATABASE_URL)")
                .hasMessageNotContaining("secret");
    }

    @Test
    void toString_neverShowsThePassword() {
        assertThat(DatabaseAddress.parse("postgres://ann:secret@h:5433/d?sslmode=require", null))
                .hasToString("postgres://ann@h:5433/d");
    }
}
