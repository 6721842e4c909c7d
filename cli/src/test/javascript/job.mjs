// A job that records itself. Where it sends its trace and with what token is in OpenTelemetry's own environment variables.
// Prints the ids of what it sent; everything that the exporter has to say goes to the standard error.
import { diag, DiagConsoleLogger, DiagLogLevel, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter as GrpcExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';

const EXPORTERS = { grpc: GrpcExporter, 'http/protobuf': ProtobufExporter, 'http/json': JsonExporter };

diag.setLogger(new Proxy(new DiagConsoleLogger(), { get: () => (...words) => console.error(...words) }), DiagLogLevel.WARN);

const exporter = new EXPORTERS[process.env.OTEL_EXPORTER_OTLP_PROTOCOL]();
const provider = new BasicTracerProvider({
  resource: resourceFromAttributes({ 'service.name': 'shop-pipeline', 'process.command_args': ['node', 'job.mjs'] }),
  spanProcessors: [new BatchSpanProcessor(exporter)],
});
const tracer = provider.getTracer('pipeline', '1.4.0');
const under = (span) => trace.setSpan(ROOT_CONTEXT, span);
const start = Date.now();
const at = (milliseconds) => start + milliseconds;

const pipeline = tracer.startSpan('Deploy shop', { root: true, kind: SpanKind.SERVER, startTime: at(0) });
pipeline.setAttributes({
  text: 'Grüße, 世界 \u{1F680}',
  empty: '',
  integer: 42,
  largest: Number.MAX_SAFE_INTEGER,
  negative: -7,
  fraction: 0.25,
  yes: true,
  no: false,
  texts: ['a', 'b'],
  integers: [1, 2, 3],
  fractions: [0.5, 1.5],
  truths: [true, false],
  'ctrlplane.workspace_id': 'someone else',
  'ctrlplane.status': 'allowed',
});

const plan = tracer.startSpan('terraform plan', {
  kind: SpanKind.CLIENT,
  startTime: at(100),
  links: [{ context: { traceId: 'ab'.repeat(16), spanId: 'cd'.repeat(8), traceFlags: 1 }, attributes: { why: 'same commit' } }],
}, under(pipeline));
plan.addEvent('resources', { added: 3, changed: 0, names: ['vpc', 'dns'] }, at(200));
plan.addEvent('locked', at(300));
plan.setStatus({ code: SpanStatusCode.OK });
plan.end(at(1_000));

const apply = tracer.startSpan('terraform apply', { kind: SpanKind.INTERNAL, startTime: at(1_000) }, under(pipeline));
const provision = tracer.startSpan('create vpc', { startTime: at(1_500) }, under(apply));
provision.end(at(2_000));
apply.recordException(new Error('quota exceeded'), at(2_100));
apply.setStatus({ code: SpanStatusCode.ERROR, message: 'exit 7' });
apply.end(at(2_250));
pipeline.end(at(2_500));

const ids = (span) => span.spanContext().spanId;
try {
  await provider.forceFlush();
  console.log(JSON.stringify({
    start,
    traceId: pipeline.spanContext().traceId,
    pipeline: ids(pipeline), plan: ids(plan), apply: ids(apply), provision: ids(provision),
  }));
} catch (failure) {
  console.error(String(failure?.message ?? failure));
  process.exitCode = 1;
} finally {
  await provider.shutdown();
}
