package io.deploytrace.recorder;

import io.deploytrace.vocabulary.AttributeKeys;
import io.opentelemetry.api.common.AttributeKey;

/** The vocabulary's keys as OpenTelemetry types them. */
final class Keys {

    static final AttributeKey<String> WORKSPACE_ID = AttributeKey.stringKey(AttributeKeys.WORKSPACE_ID);
    static final AttributeKey<String> RELEASE_TARGET_KEY = AttributeKey.stringKey(AttributeKeys.RELEASE_TARGET_KEY);
    static final AttributeKey<String> RELEASE_ID = AttributeKey.stringKey(AttributeKeys.RELEASE_ID);
    static final AttributeKey<String> JOB_ID = AttributeKey.stringKey(AttributeKeys.JOB_ID);
    static final AttributeKey<String> PARENT_TRACE_ID = AttributeKey.stringKey(AttributeKeys.PARENT_TRACE_ID);
    static final AttributeKey<String> PHASE = AttributeKey.stringKey(AttributeKeys.PHASE);
    static final AttributeKey<String> NODE_TYPE = AttributeKey.stringKey(AttributeKeys.NODE_TYPE);
    static final AttributeKey<String> STATUS = AttributeKey.stringKey(AttributeKeys.STATUS);
    static final AttributeKey<Long> DEPTH = AttributeKey.longKey(AttributeKeys.DEPTH);
    static final AttributeKey<Long> SEQUENCE = AttributeKey.longKey(AttributeKeys.SEQUENCE);
    static final AttributeKey<String> TRIGGER = AttributeKey.stringKey(AttributeKeys.TRIGGER);
    static final AttributeKey<String> RESULT = AttributeKey.stringKey(AttributeKeys.RESULT);
    static final AttributeKey<String> MESSAGE = AttributeKey.stringKey(AttributeKeys.MESSAGE);
    static final AttributeKey<String> RULE_ID = AttributeKey.stringKey(AttributeKeys.RULE_ID);
    static final AttributeKey<String> NEXT_EVALUATION = AttributeKey.stringKey(AttributeKeys.NEXT_EVALUATION);
    static final AttributeKey<String> DECISION = AttributeKey.stringKey(AttributeKeys.DECISION);
    static final AttributeKey<String> JOB_TYPE = AttributeKey.stringKey(AttributeKeys.JOB_TYPE);

    static final AttributeKey<String> EXCEPTION_TYPE = AttributeKey.stringKey("exception.type");
    static final AttributeKey<String> EXCEPTION_MESSAGE = AttributeKey.stringKey("exception.message");
    static final AttributeKey<String> EXCEPTION_STACKTRACE = AttributeKey.stringKey("exception.stacktrace");

    private Keys() {}
}
