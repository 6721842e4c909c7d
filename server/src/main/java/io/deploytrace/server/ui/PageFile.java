package io.deploytrace.server.ui;

import com.linecorp.armeria.common.MediaType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** A file of the page, as it is and compressed. Immutable; the arrays aren't copied. */
final class PageFile {

    /** The names of all files but the document, a line each; a jar can't be asked for them. */
    private static final String LIST = "files.txt";

    private static final int HASH_LENGTH = 22;

    private final MediaType type;
    private final byte[] content;
    private final byte[] compressed;

    PageFile(MediaType type, byte[] content) {
        this.type = type;
        this.content = content;
        this.compressed = gzip(content);
    }

    /** All files but the document, by their names. */
    static Map<String, PageFile> loadAll() {
        var files = new LinkedHashMap<String, PageFile>();
        new String(read(LIST), StandardCharsets.UTF_8).lines().forEach(name -> files.put(name, load(name)));
        return files;
    }

    /** The file that lies beside this class. */
    static PageFile load(String name) {
        return new PageFile(type(name), read(name));
    }

    private static byte[] read(String name) {
        try (var stream = PageFile.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(stream, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MediaType type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "css" -> MediaType.CSS_UTF_8;
            case "svg" -> MediaType.SVG_UTF_8;
            case "html" -> MediaType.HTML_UTF_8;
            case "js" -> MediaType.JAVASCRIPT_UTF_8;
            default -> throw new IllegalStateException("The page has a file of an unknown type: " + name);
        };
    }

    private static byte[] gzip(byte[] content) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new SmallestGzip(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static final class SmallestGzip extends GZIPOutputStream {
        SmallestGzip(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }

    /** What tells the content of files from that of others. */
    static String hash(Collection<PageFile> files) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            files.forEach(file -> digest.update(file.content));
            return Base64.getUrlEncoder().encodeToString(digest.digest()).substring(0, HASH_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    MediaType type() {
        return type;
    }

    byte[] content() {
        return content;
    }

    byte[] compressed() {
        return compressed;
    }
}
