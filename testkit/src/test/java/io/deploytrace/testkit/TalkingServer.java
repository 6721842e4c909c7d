package io.deploytrace.testkit;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A server that speaks as much of PostgreSQL's protocol as a network does: it answers each query with its name and "ready". */
final class TalkingServer implements AutoCloseable {

    private final ServerSocket listener;
    private final Queue<String> queries = new ConcurrentLinkedQueue<>();

    TalkingServer() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        FaultProxy.start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** What arrived whole, in this order. */
    Queue<String> queries() {
        return queries;
    }

    private void accept() {
        try {
            while (true) {
                var socket = listener.accept();
                FaultProxy.start(() -> serve(socket));
            }
        } catch (IOException closed) {
            FaultProxy.close(listener);
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var input = new DataInputStream(socket.getInputStream());
            var output = new DataOutputStream(socket.getOutputStream());
            input.readNBytes(input.readInt() - 4);
            send(output, 'Z', "I");
            while (input.read() == 'Q') {
                var body = input.readNBytes(input.readInt() - 4);
                var query = new String(body, 0, body.length - 1, StandardCharsets.UTF_8);
                queries.add(query);
                send(output, query.startsWith("wrong") ? 'E' : 'C', query + '\0');
                send(output, 'Z', "I");
            }
        } catch (IOException broken) {
            queries.add("broken");
        }
    }

    /** Sends a message. */
    static void send(DataOutputStream output, char type, String text) throws IOException {
        var body = text.getBytes(StandardCharsets.UTF_8);
        var message = new ByteArrayOutputStream();
        var data = new DataOutputStream(message);
        data.writeByte(type);
        data.writeInt(body.length + 4);
        data.write(body);
        output.write(message.toByteArray());
        output.flush();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    /** A client of such a server. */
    static final class Client implements AutoCloseable {

        private final Socket socket;
        private final DataInputStream input;
        private final DataOutputStream output;

        Client(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(20_000);
            input = new DataInputStream(socket.getInputStream());
            output = new DataOutputStream(socket.getOutputStream());
        }

        /** Waits until the server is ready. */
        Client connect() throws IOException {
            output.writeInt(8);
            output.writeInt(196_608);
            output.flush();
            answer();
            return this;
        }

        /** Asks and waits for the answer. */
        String ask(String query) throws IOException {
            send(query);
            var answer = answer();
            answer();
            return answer;
        }

        void send(String query) throws IOException {
            TalkingServer.send(output, 'Q', query + '\0');
        }

        /** The type and text of the next message; throws at the end. */
        String answer() throws IOException {
            var type = (char) input.readUnsignedByte();
            var body = new byte[input.readInt() - 4];
            input.readFully(body);
            return type + new String(body, StandardCharsets.UTF_8).replace("\0", "");
        }

        /** Whether nothing comes for a while. */
        boolean hearsNothing() throws IOException {
            socket.setSoTimeout(100);
            try {
                input.readUnsignedByte();
                return false;
            } catch (java.net.SocketTimeoutException silence) {
                return true;
            } finally {
                socket.setSoTimeout(20_000);
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
