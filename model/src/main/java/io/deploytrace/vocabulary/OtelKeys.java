package io.deploytrace.vocabulary;

/**
 * The attribute keys under which the server keeps what an OpenTelemetry span has beside attributes and events. Where
 * OpenTelemetry names a key for it (its mapping to other formats), that one is used.
 */
public final class OtelKeys {

    /** Before each of these keys. */
    public static final String PREFIX = "otel.";

    /** Before each key of the resource's attributes. */
    public static final String RESOURCE_PREFIX = "resource.";

    /** Before each key of the scope's attributes. */
    public static final String SCOPE_PREFIX = PREFIX + "scope.";

    /** {@code server}, {@code client}, {@code producer} or {@code consumer}; absent on internal spans. */
    public static final String KIND = PREFIX + "kind";

    /** {@code OK} or {@code ERROR}; absent when unset. */
    public static final String STATUS_CODE = PREFIX + "status_code";

    /** What the sender says about the status; absent when it says nothing. */
    public static final String STATUS_DESCRIPTION = PREFIX + "status_description";

    /** The W3C trace state; absent when empty. */
    public static final String TRACE_STATE = PREFIX + "trace_state";

    /** A list of maps, one for each link; absent when there is none. */
    public static final String LINKS = PREFIX + "links";

    /** How many attributes the sender left out; absent when none. */
    public static final String DROPPED_ATTRIBUTES_COUNT = PREFIX + "dropped_attributes_count";

    /** How many events the sender left out; absent when none. */
    public static final String DROPPED_EVENTS_COUNT = PREFIX + "dropped_events_count";

    /** How many links the sender left out; absent when none. */
    public static final String DROPPED_LINKS_COUNT = PREFIX + "dropped_links_count";

    /** The name of the instrumentation scope; absent when empty. */
    public static final String SCOPE_NAME = SCOPE_PREFIX + "name";

    /** The version of the instrumentation scope; absent when empty. */
    public static final String SCOPE_VERSION = SCOPE_PREFIX + "version";

    /** The schema of the scope's attributes, a URL; absent when empty. */
    public static final String SCOPE_SCHEMA_URL = SCOPE_PREFIX + "schema_url";

    /** How many of the scope's attributes the sender left out; absent when none. */
    public static final String SCOPE_DROPPED_ATTRIBUTES_COUNT = SCOPE_PREFIX + "dropped_attributes_count";

    /** The schema of the resource's attributes, a URL; absent when empty. */
    public static final String RESOURCE_SCHEMA_URL = PREFIX + "resource.schema_url";

    /** How many of the resource's attributes the sender left out; absent when none. */
    public static final String RESOURCE_DROPPED_ATTRIBUTES_COUNT = PREFIX + "resource.dropped_attributes_count";

    /** The trace id that a job sent, 32 hex digits: its spans are stored under another. Absent on spans of others. */
    public static final String TRACE_ID = PREFIX + "trace_id";

    private OtelKeys() {}
}
