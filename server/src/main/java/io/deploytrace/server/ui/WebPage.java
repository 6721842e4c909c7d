package io.deploytrace.server.ui;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.HttpService;
import io.deploytrace.server.api.ContentCoding;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The page: one document for all its paths, and the scripts and styles that it loads, from this server alone. Everything is read once. The
 * files are served below a version that is made of their content, so that a browser keeps them for good and never mixes two versions.
 * Immutable.
 */
public final class WebPage {

    /** What the page may do in a browser: load its own files and ask its own server. Scripts can't turn text into markup. */
    static final String SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types lit-html";

    private static final String DOCUMENT = "index.html";
    private static final String FOR_GOOD = "public, max-age=31536000, immutable";
    private static final String ASK_AGAIN = "no-cache";

    private final Map<String, PageFile> files;
    private final String version;
    private final PageFile document;
    private final String etag;

    /**
     * The page of a server.
     *
     * @param authenticationRequired whether people sign in
     */
    public WebPage(boolean authenticationRequired) {
        files = PageFile.loadAll();
        version = PageFile.hash(files.values());
        document = document(files.keySet(), version, authenticationRequired);
        etag = '"' + PageFile.hash(List.of(document)) + '"';
    }

    /** Scripts are named in the document, so that a browser asks for all at once instead of finding them one by the other. */
    private static PageFile document(Collection<String> names, String version, boolean authenticationRequired) {
        var folder = "/assets/" + version;
        var preloads = names.stream()
                .filter(name -> name.endsWith(".js"))
                .map(name -> "<link rel=\"modulepreload\" href=\"" + folder + "/" + name + "\">")
                .collect(Collectors.joining("\n"));
        var template = PageFile.load(DOCUMENT);
        var text = new String(template.content(), StandardCharsets.UTF_8)
                .replace("{{assets}}", folder)
                .replace("{{preloads}}", preloads)
                .replace("{{authentication}}", authenticationRequired ? "required" : "none");
        return new PageFile(template.type(), text.getBytes(StandardCharsets.UTF_8));
    }

    /** Answers with the document, whatever the path: the page itself shows what belongs to it. It holds nothing that is anybody's. */
    public HttpService document() {
        return (context, request) -> {
            if (etag.equals(request.headers().get(HttpHeaderNames.IF_NONE_MATCH))) {
                return HttpResponse.of(documentHeaders(HttpStatus.NOT_MODIFIED).build());
            }
            return answer(document, documentHeaders(HttpStatus.OK), request.headers());
        };
    }

    private ResponseHeadersBuilder documentHeaders(HttpStatus status) {
        return ResponseHeaders.builder(status)
                .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, SECURITY_POLICY)
                .set(HttpHeaderNames.CACHE_CONTROL, ASK_AGAIN)
                .set(HttpHeaderNames.ETAG, etag);
    }

    /** Answers with the file that the variables {@code version} and {@code file} of the path name. */
    public HttpService file() {
        return (context, request) -> {
            var file = version.equals(context.pathParam("version")) ? files.get(context.pathParam("file")) : null;
            if (file == null) {
                return HttpResponse.of(HttpStatus.NOT_FOUND);
            }
            var headers = ResponseHeaders.builder(HttpStatus.OK).set(HttpHeaderNames.CACHE_CONTROL, FOR_GOOD);
            return answer(file, headers, request.headers());
        };
    }

    private static HttpResponse answer(PageFile file, ResponseHeadersBuilder headers, RequestHeaders asked) {
        headers.contentType(file.type()).set(HttpHeaderNames.VARY, "accept-encoding");
        if (!ContentCoding.acceptsGzip(asked.get(HttpHeaderNames.ACCEPT_ENCODING))) {
            return HttpResponse.of(headers.build(), HttpData.wrap(file.content()));
        }
        headers.set(HttpHeaderNames.CONTENT_ENCODING, "gzip");
        return HttpResponse.of(headers.build(), HttpData.wrap(file.compressed()));
    }
}
