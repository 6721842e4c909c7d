package io.deploytrace.ci;

import java.util.regex.Pattern;

/** Addresses as they may be recorded: CI systems hand over some that hold a password or token. */
final class PublicUrl {

    private static final Pattern USER = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*://)[^/?#]*@");

    /** What stands where a port would and is no number is a password, which may hold any character; also without a scheme. */
    private static final Pattern PASSWORD =
            Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*://)?[^/?#:@]*:(?!//)(?![0-9]*(?:[/?#]|$)).*@", Pattern.DOTALL);

    private static final Pattern QUERY = Pattern.compile("[?#].*$", Pattern.DOTALL);

    private PublicUrl() {}

    private static String withoutPassword(String url) {
        return PASSWORD.matcher(url).replaceFirst(found -> found.group(1) == null ? "" : found.group(1));
    }

    /** The address without user, password, query and fragment. */
    static String of(String url) {
        return QUERY.matcher(USER.matcher(withoutPassword(url)).replaceFirst("$1"))
                .replaceFirst("");
    }
}
