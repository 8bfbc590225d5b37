// The JSON mapping of OTLP: that of proto 3 with hexadecimal ids, enumerations as numbers, and 64-bit numbers as text. Each
// message of opentelemetry/proto/trace/v1 and common/v1 that we write, with what its fields must look like.

type Shape = (value: unknown) => string[];

const text: Shape = (value) => (typeof value === 'string' ? [] : [`${JSON.stringify(value)} is no text`]);
const matching =
  (pattern: RegExp): Shape =>
  (value) =>
    typeof value === 'string' && pattern.test(value) ? [] : [`${JSON.stringify(value)} is not ${pattern}`];
const oneOf =
  (...values: readonly number[]): Shape =>
  (value) =>
    values.includes(value as number) ? [] : [`${JSON.stringify(value)} is none of ${values}`];
const listOf =
  (shape: Shape): Shape =>
  (value) =>
    Array.isArray(value)
      ? value.flatMap((item, index) => shape(item).map((problem) => `[${index}] ${problem}`))
      : [`${JSON.stringify(value)} is no list`];

/** Unknown fields are refused: a receiver would ignore them silently. */
const message =
  (fields: Readonly<Record<string, Shape>>, required: readonly string[] = []): Shape =>
  (value) => {
    if (typeof value !== 'object' || value === null) return [`${JSON.stringify(value)} is no message`];
    const missing = required.filter((name) => !(name in value)).map((name) => `${name} is missing`);
    const wrong = Object.entries(value).flatMap(([name, field]) => {
      const shape = fields[name];
      return shape === undefined
        ? [`${name} is no field`]
        : shape(field).map((problem) => `${name}: ${problem}`);
    });
    return [...missing, ...wrong];
  };

const int64 = matching(/^-?\d{1,19}$/);
const fixed64 = matching(/^\d{1,20}$/);
const keyValue = message(
  {
    key: matching(/^[a-z][a-z0-9_.]*$/),
    value: (value) =>
      typeof value === 'object' && value !== null && Object.keys(value).length === 1
        ? message({ stringValue: text, intValue: int64 })(value)
        : ['is not one value'],
  },
  ['key', 'value'],
);
const status = message({ code: oneOf(0, 1, 2), message: text });
const span = message(
  {
    // Bytes would be base64 in the JSON of proto 3; OTLP says hexadecimal.
    traceId: matching(/^[0-9a-f]{32}$/),
    spanId: matching(/^[0-9a-f]{16}$/),
    parentSpanId: matching(/^[0-9a-f]{16}$/),
    name: text,
    kind: oneOf(0, 1, 2, 3, 4, 5),
    startTimeUnixNano: fixed64,
    endTimeUnixNano: fixed64,
    attributes: listOf(keyValue),
    status,
  },
  ['traceId', 'spanId', 'name', 'startTimeUnixNano', 'endTimeUnixNano'],
);
const exportRequest = message(
  {
    resourceSpans: listOf(
      message({
        resource: message({ attributes: listOf(keyValue) }),
        scopeSpans: listOf(message({ scope: message({ name: text, version: text }), spans: listOf(span) })),
      }),
    ),
  },
  ['resourceSpans'],
);

/** What is wrong with an ExportTraceServiceRequest in JSON. */
export function otlpProblems(request: unknown): string[] {
  return exportRequest(request);
}
