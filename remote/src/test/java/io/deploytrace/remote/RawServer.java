package io.deploytrace.remote;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** A server that does on each connection what the test says, also what no server should. */
final class RawServer implements AutoCloseable {

    /** What is done on a connection, which is closed afterwards. */
    @FunctionalInterface
    interface Conversation {
        void with(Socket client) throws IOException;
    }

    private static final Pattern LENGTH = Pattern.compile("content-length: (\\d+)");

    private final ServerSocket listener;

    private RawServer(ServerSocket listener) {
        this.listener = listener;
    }

    static RawServer start(Conversation conversation) throws IOException {
        var server = new RawServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        server.thread(() -> server.accept(conversation));
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

    private void thread(Runnable work) {
        var thread = new Thread(work, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** Reads a request to its end. */
    static void readRequest(Socket client) throws IOException {
        var input = client.getInputStream();
        var length = LENGTH.matcher(head(input).toLowerCase(Locale.ROOT));
        if (!length.find()) {
            throw new IOException("a request without a length");
        }
        input.readNBytes(Integer.parseInt(length.group(1)));
    }

    private static String head(InputStream input) throws IOException {
        var head = new StringBuilder();
        for (int read; head.indexOf("\r\n\r\n") < 0; head.append((char) read)) {
            read = input.read();
            if (read < 0) {
                throw new IOException("no request");
            }
        }
        return head.toString();
    }

    static void write(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        client.getOutputStream().flush();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
