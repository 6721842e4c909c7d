package io.deploytrace.cli;

import java.net.UnknownHostException;
import java.sql.SQLException;

/** Says in a few words why a connection failed, and what to look at. */
final class ConnectionFailures {

    private ConnectionFailures() {}

    static String reason(SQLException failure) {
        var state = String.valueOf(failure.getSQLState());
        if (failure.getCause() instanceof UnknownHostException unknown) {
            return "There is no host named " + unknown.getMessage() + ", or its name can't be looked up now.";
        }
        var message = String.valueOf(failure.getMessage()).replace("\n", " ").strip();
        return message + remedy(state);
    }

    private static String remedy(String state) {
        return switch (state) {
            case "28P01", "28000" -> " Check user and password in --database-url (DEPLOYTRACE_DATABASE_URL).";
            case "3D000" -> " Check the database's name in --database-url, or create it with 'createdb'.";
            case "53300" -> " Try again when fewer programs are connected.";
            case "57P03" -> " Try again in a moment.";
            default -> "";
        };
    }
}
