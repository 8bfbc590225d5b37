const kindNames = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: 'true / false',
  object: 'mapping',
};

const parts = [
  {
    title: 'Top of the file',
    key: undefined,
    intro: [
      'A workflow is one mapping. `jobs` is the only key that must be there, unless `include` brings jobs from elsewhere.',
    ],
  },
  { title: 'Job', key: 'job', intro: ['An entry of `jobs`.'] },
  {
    title: 'Dependency',
    key: 'dependency',
    intro: ['An entry of `dependencies`: a bare job id waits for success, a mapping states the condition.'],
  },
  {
    title: 'Check',
    key: 'check',
    intro: [
      'An entry of `pre_checks` or `post_checks`, or a value of the `checks` map. In the lists of a job a named check may stand by its bare name, or as a mapping whose `params` win over those of the named check.',
    ],
  },
  {
    title: 'Job template',
    key: 'jobTemplate',
    intro: [
      'A value of `job_templates`. It may hold every key of a job but `id`; a job takes it over with `extends`. What the job says itself wins; of several templates the later one wins; templates may extend others. `env_variables` and `resources` are merged key by key, everything else is replaced as a whole, lists included.',
    ],
    isLikeJob: true,
  },
  {
    title: 'Include',
    key: 'include',
    intro: [
      'An entry of `include`: a path or glob, or a mapping. Paths count from the folder of the file that includes. A file that is reached twice under the same prefix is there once.',
      'Of an included file its jobs come, with the `default_…` keys, `env_variables`, `working_dir` and `shell` that the file itself says (else those of the file that includes it), and its `job_templates`, `env_sets` and `checks`, which all files see. Pools and secrets are added to those of the first file. Settings of the run as a whole are taken from the first file alone. With a `prefix`, dependencies inside the included file keep meaning the jobs of that file; a name that is not there is looked up in the file that includes it.',
    ],
  },
  {
    title: 'History limit',
    key: 'historyLimit',
    intro: [
      'The long form of a time limit that follows past successful runs. `"200%"` and `"p95*2"` are short for a mapping with that `history`.',
    ],
  },
  { title: 'Notification', key: 'notification', intro: ['An entry of `notifications`.'] },
  { title: 'Schedule', key: 'schedule', intro: ['The value of `schedule`; a bare cron expression will do.'] },
  { title: 'Log retention', key: 'logRetention', intro: ['The value of `log_retention`.'] },
];

/** The configuration reference: a table of keys for each object of the schema. */
export function referencePage(schema) {
  const sections = parts.map((part) =>
    section(part, part.key === undefined ? schema : schema.$defs[part.key]),
  );
  return `${opening}\n${sections.join('\n')}`;
}

const opening = `<!-- Made by scripts/generate.mjs from the schema in packages/core/src/config/schema. Do not edit. -->

# Configuration

A workflow is one file of JSON, JSON with comments, or YAML; \`-\` is standard input. For completion and checks while
you type, point your editor at the schema: \`"$schema"\` in JSON, or in YAML a first line
\`# yaml-language-server: $schema=https://unpkg.com/@executioner/core/schema/executioner.schema.json\`.

**Versions.** A file with \`version: 2\` may use every key below, and slips in it are errors. Without \`version\` (or with 1)
a file is read as the Python predecessor read it: unknown keys and unknown checks are warnings, and so is many a value
of the wrong kind. Keys of version 2 work there too. Every valid file of version 1 means the same with \`version: 2\`,
but for two things that then get the better rule: the grace period is 10 s instead of 1 s, and \`true\` as the value of a
variable gives \`true\` instead of \`True\`.

**Notes of your own.** Keys that begin with \`x_\` are kept and never interpreted, wherever they stand.

**Durations** are seconds (\`90\`, \`0.5\`) or text with units, largest first: \`"90s"\`, \`"15m"\`, \`"2h30m"\`, \`"1d"\`, \`"200ms"\`.
At most ten years.

**Time limits** are durations above zero, or follow the past successful runs of the job: \`"200%"\` is twice their median,
\`"p95*2"\` twice their 95th percentile, but never less than a minute; while there is no history the default applies.

**References.** \`\${NAME}\` is resolved from the environment of the job in the values of variables, in paths and in the
parameters of checks. Commands go to the shell as they are written.

**Environment.** The strongest first: command line, \`env_variables\` of the job, its \`env_sets\` (the later the stronger),
\`env_variables\` of the application, what is inherited.
`;

function section({ title, intro, isLikeJob }, node) {
  const text = intro.join('\n\n');
  if (isLikeJob) return `## ${title}\n\n${text}\n`;
  const rows = Object.entries(node.properties).map(([key, property]) => row(key, property, node));
  return [
    `## ${title}`,
    '',
    text,
    '',
    '| key | takes | default | since | what it does | example |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function row(key, property, owner) {
  const isRequired = owner.required?.includes(key) ?? false;
  const description = property.deprecated ? `Deprecated. ${property.description}` : property.description;
  const cells = [
    `\`${key}\``,
    kind(property),
    isRequired ? 'required' : defaultOf(property),
    `v${property.since ?? 1}`,
    description,
    property.examples === undefined ? '' : property.examples.map(code).join(' or '),
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function defaultOf(property) {
  if (property.defaultText !== undefined) return property.defaultText;
  if (property.default === undefined) return '';
  const isSeconds = property.unit === 'seconds' && typeof property.default === 'number';
  return isSeconds ? `${property.default} s` : code(property.default);
}

function kind(node) {
  if (node.enum !== undefined) return node.enum.map(code).join(', ');
  if (node.const !== undefined) return code(node.const);
  if (node.expects?.startsWith('a duration')) return 'duration';
  if (node.expects?.startsWith('a time limit')) return 'time limit';
  if (node.$ref !== undefined) return link(node.$ref);
  if (node.anyOf !== undefined) return [...new Set(node.anyOf.map(kind))].join(' or ');
  if (node.type === 'array')
    return node.items?.type || node.items?.anyOf || node.items?.$ref || node.items?.enum
      ? `list of ${plural(kind(node.items))}`
      : 'list';
  if (node.type === 'object') return mapKind(node);
  return kindNames[node.type] ?? 'anything';
}

function mapKind(node) {
  const value = node.additionalProperties || Object.values(node.patternProperties ?? {})[0];
  return value ? `map of ${plural(kind(value))}` : 'mapping';
}

function plural(name) {
  if (name.startsWith('[') || name.startsWith('`')) return name;
  return name.replace(/^(text|number|whole number|mapping|map)\b/, '$1s');
}

function link(reference) {
  const part = parts.find(({ key }) => key === reference.replace('#/$defs/', ''));
  return `[${part.title.toLowerCase()}](#${part.title.toLowerCase().replaceAll(' ', '-')})`;
}

function code(value) {
  return `\`${JSON.stringify(value)}\``;
}
