package io.deploytrace.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A server on the loopback address that does on each connection what the test says, also what no server should.
 *
 * <p>Safe for use by several threads.
 */
public final class RawServer implements AutoCloseable {

    /** What is done on a connection, which is closed afterwards. */
    @FunctionalInterface
    public interface Conversation {

        /** Does it; an exception means that the other side went first. */
        void with(Socket client) throws IOException;
    }

    private static final Pattern LENGTH = Pattern.compile("content-length: (\\d+)");

    private final ServerSocket listener;

    private RawServer(ServerSocket listener) {
        this.listener = listener;
    }

    /** Starts it on a free port. */
    public static RawServer start(Conversation conversation) throws IOException {
        var server = new RawServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        thread(() -> server.accept(conversation));
        return server;
    }

    private void accept(Conversation conversation) {
        try {
            while (true) {
                var client = listener.accept();
                thread(() -> talk(conversation, client));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static void talk(Conversation conversation, Socket client) {
        try (client) {
            conversation.with(client);
        } catch (IOException broken) {
            // The other side went first.
        }
    }

    /** Starts the work in a thread that doesn't outlive the process. */
    public static void thread(Runnable work) {
        var thread = new Thread(work, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Reads a request to its end.
     *
     * @return its head, with the empty line
     * @throws IOException if the other side goes first
     */
    public static String readRequest(Socket client) throws IOException {
        var head = readHead(client.getInputStream());
        var length = LENGTH.matcher(head.toLowerCase(Locale.ROOT));
        if (length.find()) {
            client.getInputStream().readNBytes(Integer.parseInt(length.group(1)));
        }
        return head;
    }

    private static String readHead(InputStream input) throws IOException {
        var head = new StringBuilder();
        for (int read; head.indexOf("\r\n\r\n") < 0; head.append((char) read)) {
            read = input.read();
            if (read < 0) {
                throw new IOException("no request");
            }
        }
        return head.toString();
    }

    /** Sends the text as it is, each character as a byte. */
    public static void write(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        client.getOutputStream().flush();
    }

    /** Waits until the other side is gone. */
    public static void awaitEnd(Socket client) throws IOException {
        client.getInputStream().readAllBytes();
    }

    /** The port that it listens on. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Where it is, by name. */
    public String url() {
        return "http://localhost:" + port();
    }

    /** Where it is, by number. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** Takes no more connections. */
    @Override
    public void close() throws IOException {
        listener.close();
    }
}
