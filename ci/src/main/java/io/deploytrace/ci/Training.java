package io.deploytrace.ci;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Runs each command once, against a server that is none: the JVM notes what they load, for its cache of classes. The launchers and what makes the
 * archives for installation start it, as {@code java -cp deploytrace-ci.jar io.deploytrace.ci.Training DIRECTORY}.
 */
final class Training {

    private static final String[][] COMMANDS = {
        {"start", "job"},
        {"step", "step", "--result", "pass", "--message", "done", "--duration", "1s"},
        {"metadata", "key", "value"},
        {"exec", "--name", "command", "--", "true"},
        {"end", "--result=pass"}
    };

    private static final byte[] STORED =
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}"
                    .getBytes(StandardCharsets.US_ASCII);

    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final String LENGTH = "content-length: ";

    private Training() {}

    /**
     * Runs them, with their state in the directory.
     *
     * @param words the directory, which may be missing
     */
    public static void main(String[] words) throws IOException {
        var state = Files.createDirectories(Path.of(words[0]));
        var nowhere = Main.utf8(OutputStream.nullOutputStream());
        try (var server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            var answering = new Thread(new Answering(server));
            answering.setDaemon(true);
            answering.start();
            var variables = new HashMap<>(Map.copyOf(System.getenv()));
            variables.put("DEPLOYTRACE_TOKEN", "none");
            variables.put("DEPLOYTRACE_URL", "http://127.0.0.1:" + server.getLocalPort());
            variables.put("DEPLOYTRACE_STATE_DIR", state.toString());
            // What is loaded is the same each time, so that archives for installation are: no command may wait in vain
            // on a busy machine.
            variables.put("DEPLOYTRACE_TIMEOUT", "1h");
            var commands = new JobCommands(variables, nowhere, nowhere, Clock.systemUTC());
            for (var command : COMMANDS) {
                var unused = new PlainCommands(commands, false).run(command);
            }
        }
    }

    /** Says to each request that its spans are stored. */
    private record Answering(ServerSocket server) implements Runnable {

        @Override
        public void run() {
            try {
                while (!server.isClosed()) {
                    answer(server.accept());
                }
            } catch (IOException e) {
                // The training is over.
            }
        }

        private static void answer(Socket socket) throws IOException {
            try (socket) {
                var input = socket.getInputStream();
                var head = new StringBuilder();
                for (var next = 0; next >= 0 && head.indexOf(END_OF_HEAD) < 0; head.append((char) next)) {
                    next = input.read();
                }
                // To its end: a connection that is closed before breaks the request off, and the command loads what
                // tells of that.
                input.readNBytes(length(head.toString().toLowerCase(Locale.ROOT)));
                socket.getOutputStream().write(STORED);
            }
        }

        private static int length(String head) {
            var start = head.indexOf(LENGTH) + LENGTH.length();
            return Integer.parseInt(head.substring(start, head.indexOf('\r', start)));
        }
    }
}
