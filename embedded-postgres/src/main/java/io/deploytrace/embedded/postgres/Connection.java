package io.deploytrace.embedded.postgres;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * How to connect to a server.
 *
 * @param port where it listens, on the loopback address
 * @param password of its one user
 */
record Connection(int port, String password) {

    static final String HOST = "127.0.0.1";
    static final String USER = "deploytrace";
    static final String DATABASE = "deploytrace";

    /** 256 random bits, in characters that a URL needs no escape for. */
    static String newPassword() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The one that was saved; empty if there is none, or not a whole one. */
    static Optional<Connection> read(DataDirectory directory) throws IOException {
        var properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(directory.connection())));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        var port = properties.getProperty("port", "");
        var password = properties.getProperty("password", "");
        return port.matches("[0-9]{1,5}") && Integer.parseInt(port) <= 65_535 && !password.isEmpty()
                ? Optional.of(new Connection(Integer.parseInt(port), password))
                : Optional.empty();
    }

    void save(DataDirectory directory) throws IOException {
        directory.write(
                directory.connection(),
                "host=" + HOST + "\nport=" + port + "\nuser=" + USER + "\npassword=" + password + "\ndatabase="
                        + DATABASE + "\n");
    }

    Connection withPort(int other) {
        return new Connection(other, password);
    }

    PGSimpleDataSource dataSource() {
        var source = new PGSimpleDataSource();
        source.setServerNames(new String[] {HOST});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(DATABASE);
        source.setUser(USER);
        source.setPassword(password);
        source.setApplicationName("deploytrace");
        return source;
    }

    @Override
    public String toString() {
        return USER + "@" + HOST + ":" + port + "/" + DATABASE;
    }
}
