package io.deploytrace.ci;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The authorities that the server's certificate may come from, where it isn't one that Java knows. */
final class TrustedCertificates {

    /** A file of certificates in PEM. */
    static final String VARIABLE = "DEPLOYTRACE_CA_FILE";

    private TrustedCertificates() {}

    /** Makes the connection trust those of the variable, if it is set. */
    static void use(Map<String, String> variables, HttpsURLConnection connection) throws IOException {
        var file = variables.getOrDefault(VARIABLE, "");
        if (!file.isEmpty()) {
            try {
                connection.setSSLSocketFactory(context(Path.of(file)).getSocketFactory());
            } catch (GeneralSecurityException | IOException e) {
                throw new IOException(
                        "the certificates of %s (%s) can't be read: %s".formatted(VARIABLE, file, why(e)), e);
            }
        }
    }

    private static String why(Exception failure) {
        return failure instanceof NoSuchFileException ? "there is no such file" : String.valueOf(failure.getMessage());
    }

    private static SSLContext context(Path file) throws GeneralSecurityException, IOException {
        var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (var stream = Files.newInputStream(file)) {
            var number = 0;
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(stream)) {
                trusted.setCertificateEntry("ca-" + number++, certificate);
            }
            if (number == 0) {
                throw new IOException("it holds no certificate in PEM");
            }
        }
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
