// A tool that is instrumented: its span lies below the one that surrounds it. All it knows is in the environment variables of OpenTelemetry.
import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { BasicTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';

const [, traceId, spanId] = process.env.TRACEPARENT.split('-');
const surrounding = trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: 1, isRemote: true });
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(new OTLPTraceExporter())] });
provider.getTracer('terraform').startSpan('terraform apply', {}, surrounding).end();
await provider.shutdown();
