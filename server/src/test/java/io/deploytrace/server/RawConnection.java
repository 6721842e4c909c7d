package io.deploytrace.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client that behaves as badly as a test wants. */
final class RawConnection implements AutoCloseable {

    private final Socket socket;

    RawConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) Duration.ofSeconds(60).toMillis());
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Asks, over HTTP/1.1 ({@code h1c}) or HTTP/2 ({@code h2c}), where it lets through what everyone does at the beginning, and no more. */
    void get(String protocol, String path) throws IOException {
        send(
                protocol.equals("h2c")
                        ? Http2Frames.get(path, Http2Frames.DEFAULT_WINDOW)
                        : "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    /** Sends the text again and again, a little apart, until the server has had enough; what it said until then. */
    String dribble(String text, Duration pause) throws IOException, InterruptedException {
        var answer = new StringBuilder();
        try {
            while (true) {
                send(text);
                Thread.sleep(pause.toMillis());
                while (socket.getInputStream().available() > 0) {
                    answer.append((char) socket.getInputStream().read());
                }
                if (answer.toString().contains("\r\n\r\n")) {
                    return answer + rest();
                }
            }
        } catch (IOException closed) {
            return answer.toString();
        }
    }

    /** The next byte; negative once the server has closed the connection. */
    int read() throws IOException {
        return socket.getInputStream().read();
    }

    /** All that comes until the server closes the connection. */
    String rest() throws IOException {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (java.net.SocketException reset) {
            return "";
        }
    }

    /** What comes until an empty line. */
    String head() throws IOException {
        var text = new StringBuilder();
        while (!text.toString().endsWith("\r\n\r\n")) {
            var read = socket.getInputStream().read();
            if (read < 0) {
                return text.toString();
            }
            text.append((char) read);
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
