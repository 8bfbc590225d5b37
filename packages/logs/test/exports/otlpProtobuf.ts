// The messages of OTLP as OpenTelemetry's own exporter has them: code that was generated from the published definitions
// (opentelemetry/proto/collector/trace/v1). A request in JSON is taken for what the JSON mapping says it is, written as protocol
// buffers and read again: what a receiver would not understand is lost on the way, or changed.
import generated from '@opentelemetry/otlp-transformer/build/src/generated/root.js';

interface Message {
  fromObject(object: unknown): object;
  /** What is wrong with a message, or null. */
  verify(message: object): string | null;
  encode(message: object): { finish(): Uint8Array };
  decode(bytes: Uint8Array): object;
  toObject(message: object, options: { readonly longs: unknown }): unknown;
}

/** The package declares no more of it than that it is a root. */
const { opentelemetry } = generated as unknown as {
  opentelemetry: { proto: { collector: { trace: { v1: { ExportTraceServiceRequest: Message } } } } };
};
const { ExportTraceServiceRequest } = opentelemetry.proto.collector.trace.v1;

/** Ids are bytes; the JSON mapping of OTLP has them in hexadecimal digits, where that of proto 3 would have base64. */
const idFields = new Set(['traceId', 'spanId', 'parentSpanId']);

/** What a receiver has of a request: equal to it if it is right. */
export function received(request: unknown): unknown {
  const message = ExportTraceServiceRequest.fromObject(withIds(request, bytesOf));
  const problem = ExportTraceServiceRequest.verify(message);
  if (problem !== null) return problem;
  const read = ExportTraceServiceRequest.decode(ExportTraceServiceRequest.encode(message).finish());
  return withIds(ExportTraceServiceRequest.toObject(read, { longs: String }), (id) =>
    Buffer.from(id as Uint8Array).toString('hex'),
  );
}

function bytesOf(id: unknown): unknown {
  return typeof id === 'string' && /^([0-9a-f]{2})*$/.test(id) ? Buffer.from(id, 'hex') : id;
}

function withIds(value: unknown, convert: (id: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => withIds(item, convert));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      idFields.has(name) ? convert(field) : withIds(field, convert),
    ]),
  );
}
