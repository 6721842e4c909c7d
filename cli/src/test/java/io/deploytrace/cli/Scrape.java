package io.deploytrace.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a server tells Prometheus, read by the rules of the text format, version 0.0.4.
 *
 * @param samples each sample by its name with its labels
 * @param families the names that have a type
 */
record Scrape(Map<String, Double> samples, Set<String> families) {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\"";
    private static final Pattern SAMPLE = Pattern.compile("(" + NAME + ")((?:\\{(?:" + LABEL + "(?:," + LABEL
            + ")*,?)?})?) ([-+]?[0-9.eE+-]+|NaN|[+-]Inf)(?: [0-9]+)?");
    private static final Pattern TYPE =
            Pattern.compile("# TYPE (" + NAME + ") (counter|gauge|histogram|summary|untyped)");
    private static final Pattern HELP = Pattern.compile("# HELP " + NAME + " .*");

    /** Asks a server. */
    static Scrape of(String url) {
        try {
            var request = HttpRequest.newBuilder(URI.create(url + "/metrics")).build();
            return parse(CLIENT.send(request, BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads an answer; fails if a line of it isn't one of the format, or a sample comes twice or without a type. */
    static Scrape parse(String text) {
        var scrape = new Scrape(new LinkedHashMap<>(), new LinkedHashSet<>());
        text.lines().filter(line -> !line.isEmpty()).forEach(scrape::add);
        return scrape;
    }

    private void add(String line) {
        var type = TYPE.matcher(line);
        if (type.matches()) {
            require(families.add(type.group(1)), "a second type: " + line);
        } else if (!HELP.matcher(line).matches()) {
            addSample(line);
        }
    }

    private void addSample(String line) {
        var sample = SAMPLE.matcher(line);
        require(sample.matches(), "not a sample: " + line);
        var name = sample.group(1);
        require(
                families.contains(name) || families.contains(name.replaceFirst("_(bucket|count|sum)$", "")),
                "a sample without a type: " + line);
        var value = Double.valueOf(sample.group(3).replace("Inf", "Infinity"));
        require(samples.put(name + sample.group(2), value) == null, "a second sample: " + line);
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalStateException(problem);
        }
    }

    /** The sum of the samples of a name; zero if there are none. */
    double sum(String name) {
        return samples.entrySet().stream()
                .filter(sample -> sample.getKey().replaceFirst("\\{.*", "").equals(name))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }
}
