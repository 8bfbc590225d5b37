// Writes docs/checks.md: prose, and a table for each built-in check from packages/core/src/config/checks. A test fails
// when the page is stale.
import { writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));

/** The page. `core` is the library (built, or its sources under a test): `builtInChecks`, `expectedOf`. */
export function checksPage({ builtInChecks, expectedOf }) {
  return `${introduction}
${builtInChecks.map((check) => section(check, expectedOf)).join('\n')}
${plugIns}`;
}

function section({ name, summary, parameters, oneOf = [], onlyAfter, example }, expectedOf) {
  const rows = parameters.map((parameter) => {
    const needed = oneOf.includes(parameter.name)
      ? `one of ${oneOf.map((one) => `\`${one}\``).join(', ')}`
      : parameter.optional
        ? 'no'
        : 'yes';
    return `| \`${parameter.name}\` | ${expectedOf(parameter.type)} | ${needed} | ${parameter.description} |`;
  });
  const key = onlyAfter || name.startsWith('check_no') ? 'post_checks' : 'pre_checks';
  return `### \`${name}\`

${summary}${onlyAfter ? ' It can only be a post-check; it looks at the last try alone.' : ''}

| parameter | takes | needed | meaning |
| --- | --- | --- | --- |
${rows.join('\n')}

\`\`\`json
{ "${key}": [{ "name": "${name}", "params": ${inline(example)} }] }
\`\`\`
`;
}

function inline(params) {
  return JSON.stringify(params, undefined, 1)
    .replace(/\n\s*/g, ' ')
    .replaceAll('[ ', '[')
    .replaceAll(' ]', ']');
}

const introduction = `# Checks

A check holds or it does not. \`pre_checks\` of a job are run before its command: when one fails, the job ends
\`precheck_failed\` and its command never starts. \`post_checks\` are run after a command that succeeded: when one fails, the
try ends \`postcheck_failed\`, and is retried if the job has retries. They are run in the order of the list, and the first
that fails decides.

\`\`\`yaml
version: 2
checks:
  orders_are_there: { name: file_not_empty, params: { path: "\${DATA}/orders.csv" } }
jobs:
  - id: load
    command: ./load.sh
    env_variables: { DATA: /srv/data }
    pre_checks:
      - orders_are_there
      - { name: tcp_port, params: { host: db.example.com, port: 1521 }, timeout: 5s }
    post_checks:
      - { name: output_contains, params: { pattern: '^\\d+ rows loaded$' } }
\`\`\`

- Relative paths start in the working folder of the job. \`\${NAME}\` in parameters is replaced from the environment of the
  job; numbers, durations and sizes may be texts then.
- Each check has a time limit of its own, \`timeout\`, 60 seconds unless given. When it is over the check has failed, and
  its connection, program or search is ended. The time limit of the job covers the command alone.
- Parameters are checked before anything starts: what is missing, unknown or unusable is an error with \`"version": 2\`
  ([E803](diagnostics.md#e803) to [E806](diagnostics.md#e806)), else a warning, and the check fails when it is reached.
- A check that fails is named in the summary with what it looked at and found; its \`values\` are in the journal.
- When the engine itself is killed, a \`command\` check or plug-in that it was running is not ended with it.

## Built-in checks

The names that begin with \`check_\` are those of version 1.

<!-- Made by scripts/generate-checks.mjs from packages/core/src/config/checks/builtInChecks.ts. -->
`;

const plugIns = `## Your own checks

A check whose name is a path is a plug-in: \`./checks/rows.sh\`, \`/opt/checks/table\`, \`./checks/rows.mjs\`. A relative path
starts in the folder of the file that holds the job.

**A program** in any language gets its parameters as one JSON object on standard input, in the working folder and the
environment of the job, with \`EXECUTIONER_JOB\`. It passes with exit code 0. The last lines that it prints become the message.

\`\`\`sh
#!/bin/sh
# {"name": "./checks/rows.sh", "params": {"table": "orders", "min": 1000}}
params=$(cat)
table=$(printf '%s' "$params" | jq -r .table)
min=$(printf '%s' "$params" | jq -r .min)
rows=$(sqlite3 "$DATABASE" "select count(*) from $table")
echo "$table has $rows rows"
test "$rows" -ge "$min"
\`\`\`

**A JavaScript module** (\`.mjs\`, \`.js\`, \`.cjs\`) exports a function as default, or an object with a function \`run\`. It is
given the parameters and a context (\`job\`, \`workingDir\`, \`environment\`, \`output\` of the last try, \`signal\`), and
answers with true or false, or with \`{ ok, message, values }\`; an exception is a failure with its message. It runs inside
the engine: whatever may take long must be asynchronous and heed \`signal\`.

\`\`\`js
import { readFile } from 'node:fs/promises';

export default async function rows({ path, min }, { workingDir, signal }) {
  const text = await readFile(new URL(path, \`file://\${workingDir}/\`), { encoding: 'utf8', signal });
  const found = text.split('\\n').length - 1;
  return { ok: found >= min, message: \`\${path} has \${found} rows\`, values: { found } };
}
\`\`\`

### Coming from \`dependency_plugins\`

Plug-ins of version 1 are Python classes that the engine imports; they are not loaded here ([W802](diagnostics.md#w802)).
Turn each into a program: read the parameters with \`json.load(sys.stdin)\` in place of the constructor's, call what was
\`check\`, and end with \`sys.exit(0 if passed else 1)\`. Then name its path in \`pre_checks\` of the jobs that waited for it.
`;

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const core = await import('../packages/core/dist/index.js');
  writeFileSync(`${root}docs/checks.md`, checksPage(core));
}
