package io.deploytrace.server.ingest;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;

/** The messages of a request, field by field. */
final class JsonMessages {

    private static final JsonMessage<AnyValue.Builder> VALUE = new JsonMessage<>(AnyValue::newBuilder);
    private static final JsonMessage<KeyValue.Builder> ATTRIBUTE = new JsonMessage<>(KeyValue::newBuilder);
    private static final JsonMessage<ArrayValue.Builder> ARRAY = new JsonMessage<>(ArrayValue::newBuilder);
    private static final JsonMessage<KeyValueList.Builder> KEY_VALUES = new JsonMessage<>(KeyValueList::newBuilder);

    static {
        ATTRIBUTE
                .field("key", (parser, message) -> message.setKey(JsonValues.text(parser)))
                .message("value", VALUE, KeyValue.Builder::setValue);
        ARRAY.messages("values", VALUE, ArrayValue.Builder::addValues);
        KEY_VALUES.messages("values", ATTRIBUTE, KeyValueList.Builder::addValues);
        value("stringValue", (parser, message) -> message.setStringValue(JsonValues.text(parser)));
        value("boolValue", (parser, message) -> message.setBoolValue(JsonValues.bool(parser)));
        value("intValue", (parser, message) -> message.setIntValue(JsonValues.int64(parser)));
        value("doubleValue", (parser, message) -> message.setDoubleValue(JsonValues.number(parser)));
        value("bytesValue", (parser, message) -> message.setBytesValue(JsonValues.bytes(parser)));
        value("arrayValue", (parser, message) -> message.setArrayValue(ARRAY.read(parser)));
        value("kvlistValue", (parser, message) -> message.setKvlistValue(KEY_VALUES.read(parser)));
    }

    private static final JsonMessage<Span.Event.Builder> EVENT = new JsonMessage<>(Span.Event::newBuilder)
            .field("timeUnixNano", (parser, message) -> message.setTimeUnixNano(JsonValues.uint64(parser)))
            .field("name", (parser, message) -> message.setName(JsonValues.text(parser)))
            .messages("attributes", ATTRIBUTE, Span.Event.Builder::addAttributes)
            .field(
                    "droppedAttributesCount",
                    (parser, message) -> message.setDroppedAttributesCount(JsonValues.uint32(parser)));

    private static final JsonMessage<Span.Link.Builder> LINK = new JsonMessage<>(Span.Link::newBuilder)
            .field("traceId", (parser, message) -> message.setTraceId(JsonValues.id(parser)))
            .field("spanId", (parser, message) -> message.setSpanId(JsonValues.id(parser)))
            .field("traceState", (parser, message) -> message.setTraceState(JsonValues.text(parser)))
            .messages("attributes", ATTRIBUTE, Span.Link.Builder::addAttributes)
            .field(
                    "droppedAttributesCount",
                    (parser, message) -> message.setDroppedAttributesCount(JsonValues.uint32(parser)))
            .field("flags", (parser, message) -> message.setFlags(JsonValues.uint32(parser)));

    private static final JsonMessage<Status.Builder> STATUS = new JsonMessage<>(Status::newBuilder)
            .field("message", (parser, message) -> message.setMessage(JsonValues.text(parser)))
            .field(
                    "code",
                    (parser, message) -> message.setCodeValue(JsonValues.enumeration(
                            parser, "STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR")));

    private static final JsonMessage<Span.Builder> SPAN = new JsonMessage<>(Span::newBuilder)
            .field("traceId", (parser, message) -> message.setTraceId(JsonValues.id(parser)))
            .field("spanId", (parser, message) -> message.setSpanId(JsonValues.id(parser)))
            .field("traceState", (parser, message) -> message.setTraceState(JsonValues.text(parser)))
            .field("parentSpanId", (parser, message) -> message.setParentSpanId(JsonValues.id(parser)))
            .field("flags", (parser, message) -> message.setFlags(JsonValues.uint32(parser)))
            .field("name", (parser, message) -> message.setName(JsonValues.text(parser)))
            .field(
                    "kind",
                    (parser, message) -> message.setKindValue(JsonValues.enumeration(
                            parser,
                            "SPAN_KIND_UNSPECIFIED",
                            "SPAN_KIND_INTERNAL",
                            "SPAN_KIND_SERVER",
                            "SPAN_KIND_CLIENT",
                            "SPAN_KIND_PRODUCER",
                            "SPAN_KIND_CONSUMER")))
            .field("startTimeUnixNano", (parser, message) -> message.setStartTimeUnixNano(JsonValues.uint64(parser)))
            .field("endTimeUnixNano", (parser, message) -> message.setEndTimeUnixNano(JsonValues.uint64(parser)))
            .messages("attributes", ATTRIBUTE, Span.Builder::addAttributes)
            .field(
                    "droppedAttributesCount",
                    (parser, message) -> message.setDroppedAttributesCount(JsonValues.uint32(parser)))
            .messages("events", EVENT, Span.Builder::addEvents)
            .field("droppedEventsCount", (parser, message) -> message.setDroppedEventsCount(JsonValues.uint32(parser)))
            .messages("links", LINK, Span.Builder::addLinks)
            .field("droppedLinksCount", (parser, message) -> message.setDroppedLinksCount(JsonValues.uint32(parser)))
            .message("status", STATUS, Span.Builder::setStatus);

    private static final JsonMessage<InstrumentationScope.Builder> SCOPE = new JsonMessage<>(
                    InstrumentationScope::newBuilder)
            .field("name", (parser, message) -> message.setName(JsonValues.text(parser)))
            .field("version", (parser, message) -> message.setVersion(JsonValues.text(parser)))
            .messages("attributes", ATTRIBUTE, InstrumentationScope.Builder::addAttributes)
            .field(
                    "droppedAttributesCount",
                    (parser, message) -> message.setDroppedAttributesCount(JsonValues.uint32(parser)));

    private static final JsonMessage<ScopeSpans.Builder> SCOPE_SPANS = new JsonMessage<>(ScopeSpans::newBuilder)
            .message("scope", SCOPE, ScopeSpans.Builder::setScope)
            .messages("spans", SPAN, ScopeSpans.Builder::addSpans)
            .field("schemaUrl", (parser, message) -> message.setSchemaUrl(JsonValues.text(parser)));

    private static final JsonMessage<Resource.Builder> RESOURCE = new JsonMessage<>(Resource::newBuilder)
            .messages("attributes", ATTRIBUTE, Resource.Builder::addAttributes)
            .field(
                    "droppedAttributesCount",
                    (parser, message) -> message.setDroppedAttributesCount(JsonValues.uint32(parser)));

    private static final JsonMessage<ResourceSpans.Builder> RESOURCE_SPANS = new JsonMessage<>(
                    ResourceSpans::newBuilder)
            .message("resource", RESOURCE, ResourceSpans.Builder::setResource)
            .messages("scopeSpans", SCOPE_SPANS, ResourceSpans.Builder::addScopeSpans)
            .field("schemaUrl", (parser, message) -> message.setSchemaUrl(JsonValues.text(parser)));

    /** The request itself. */
    static final JsonMessage<ExportTraceServiceRequest.Builder> REQUEST = new JsonMessage<>(
                    ExportTraceServiceRequest::newBuilder)
            .messages("resourceSpans", RESOURCE_SPANS, ExportTraceServiceRequest.Builder::addResourceSpans);

    private JsonMessages() {}

    /** A value has one of these fields. */
    private static void value(String name, JsonMessage.FieldReader<AnyValue.Builder> reader) {
        VALUE.field(name, (parser, message) -> {
            if (message.getValueCase() != AnyValue.ValueCase.VALUE_NOT_SET) {
                throw JsonValues.wrong(parser, "is a second value beside another");
            }
            reader.read(parser, message);
        });
    }
}
