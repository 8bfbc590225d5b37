import type { Severity } from './diagnostic.ts';

/** What is known of a code wherever it is reported. The explanation feeds the reference page. */
export interface CodeInfo {
  readonly title: string;
  readonly severity: Severity;
  /** What it means and how to mend it: two to four sentences for the docs. */
  readonly explanation: string;
}

/**
 * Every diagnostic code: stable, never reused. E1xx syntax, E2xx schema, E3xx graph, E4xx commands,
 * E5xx environment, E6xx e-mail, E7xx retries and time limits, E8xx checks, E9xx security; W and I likewise.
 */
export const diagnosticCodes = {
  E101: {
    title: 'Syntax error',
    severity: 'error',
    explanation: 'The text is not valid JSON or YAML at this place, so nothing after it can be trusted.',
  },
  E102: {
    title: 'Nothing in the file',
    severity: 'error',
    explanation:
      'The file is empty, or holds nothing but blanks and comments. A workflow needs at least a list of jobs: see the examples for a small one.',
  },
  E103: {
    title: 'Unclosed bracket',
    severity: 'error',
    explanation:
      'A brace or bracket is never closed, or is closed by one of the other kind. The place of the opening one is named: add the closing one where its content ends.',
  },
  E104: {
    title: 'Unclosed string',
    severity: 'error',
    explanation:
      'A string begins with a quote and the closing quote is missing. In JSON a string must end on its line: write a line break as \\n.',
  },
  E105: {
    title: 'Invalid character in a string',
    severity: 'error',
    explanation:
      'A string holds an escape sequence that does not exist, or a control character that must be written as an escape. A backslash itself is written twice.',
  },
  E106: {
    title: 'Missing comma or colon',
    severity: 'error',
    explanation:
      'Entries of a JSON object and values of a list are separated by commas, and a key from its value by a colon.',
  },
  E107: {
    title: 'Not a text file',
    severity: 'error',
    explanation:
      'The file holds bytes that are no text, or text in an encoding other than UTF-8 (often UTF-16, as some Windows programs write it). Save it as UTF-8.',
  },
  E108: {
    title: 'Nested too deeply',
    severity: 'error',
    explanation:
      'Lists and maps are nested deeper than any workflow needs. This is usually a sign of a damaged or generated file.',
  },
  E109: {
    title: 'Too large',
    severity: 'error',
    explanation: 'The file is larger than can be read into memory at once. Split the workflow with include.',
  },
  E110: {
    title: 'Duplicate key in YAML',
    severity: 'error',
    explanation: 'A map names the same key twice, which YAML forbids. Remove one of the two, or rename it.',
  },
  E111: {
    title: 'Wrong indentation',
    severity: 'error',
    explanation:
      'YAML shows by indentation what belongs together: all keys of a map begin in the same column, and only spaces may indent, never tabs.',
  },
  E112: {
    title: 'Value that JSON cannot hold',
    severity: 'error',
    explanation:
      'Infinity and not-a-number have no meaning in a configuration, whether written as .inf or .nan or as a number that is too large. Write an ordinary number.',
  },
  E113: {
    title: 'Several documents in one file',
    severity: 'error',
    explanation:
      'A YAML file may hold several documents separated by lines of three dashes; a workflow is one document. Split the file, and join the parts with include.',
  },
  E114: {
    title: 'Unusable alias',
    severity: 'error',
    explanation:
      'A YAML alias (*name) needs an anchor (&name) before it, must not stand inside the value it repeats, and must not blow the document up beyond all measure. A value that begins with an asterisk needs quotes.',
  },
  E115: {
    title: 'Key that is not a string',
    severity: 'error',
    explanation:
      'The keys of a map must be plain words or quoted strings: maps and lists as keys have no counterpart in JSON.',
  },
  E201: {
    title: 'Wrong kind of value',
    severity: 'error',
    explanation:
      'The value is of another kind than the key takes, such as a text where a list is expected. The message says what the key takes; the reference page of the configuration has an example for each key.',
  },
  E202: {
    title: 'Missing key',
    severity: 'error',
    explanation:
      'A key that must be given is not there. Every job needs an "id", and a "command" of its own or from a template that it extends.',
  },
  E203: {
    title: 'Unknown key',
    severity: 'error',
    explanation:
      'A file with "version": 2 may hold only keys that have a meaning, so that a slip of the pen is not silently without effect. Correct the key, remove it, or begin it with "x_" if it is a note of your own.',
  },
  E204: {
    title: 'Unknown word',
    severity: 'error',
    explanation: 'The key takes one of a few words, and this is none of them. The message lists them.',
  },
  E205: {
    title: 'Number out of range',
    severity: 'error',
    explanation:
      'The number is below or above what makes sense for the key: a negative number of retries, a port above 65535, a time of more than ten years.',
  },
  E206: {
    title: 'Text of the wrong form',
    severity: 'error',
    explanation:
      'The text is empty where something must be said, too long, or not of the form that the key takes.',
  },
  E207: {
    title: 'Unknown format version',
    severity: 'error',
    explanation: 'The format has the versions 1 and 2. A file without "version" is read as version 1.',
  },
  E208: {
    title: 'No jobs',
    severity: 'error',
    explanation: 'A workflow needs "jobs", or "include" to take them from other files.',
  },
  E210: {
    title: 'Unreadable configuration file',
    severity: 'error',
    explanation: 'The file does not exist, is a folder, or may not be read.',
  },
  E211: {
    title: 'Unreadable included file',
    severity: 'error',
    explanation:
      'A file named in "include" does not exist, is a folder, or may not be read. Relative paths count from the folder of the file that includes.',
  },
  E212: {
    title: 'Circular include',
    severity: 'error',
    explanation:
      'Files include each other in a circle, so there is no end to reading them. Remove one of the includes, or move what both files need into a third one.',
  },
  E213: {
    title: 'Too many included files',
    severity: 'error',
    explanation:
      'More than 10,000 files are included, counting a file once for each prefix, or files include each other more than 100 deep. The former happens when files include each other under ever new prefixes.',
  },
  E214: {
    title: 'Selection of nothing',
    severity: 'error',
    explanation:
      'An entry of "only" matches no job of the included files. Ids are written there as in the included file, without the prefix.',
  },
  E221: {
    title: 'Unknown job template',
    severity: 'error',
    explanation: 'A job or template extends a template that no file defines in "job_templates".',
  },
  E222: {
    title: 'Circular job templates',
    severity: 'error',
    explanation:
      'Templates extend each other in a circle, so there is no template to begin with. Remove one of the "extends".',
  },
  E223: {
    title: 'Job templates nested too deep',
    severity: 'error',
    explanation: 'Templates extend each other more than 100 deep. Put the keys of several of them into one.',
  },
  E301: {
    title: 'Missing dependency',
    severity: 'error',
    explanation:
      'A job waits for a job that does not exist, so it could never start, and nothing is started at all. Correct the id, add the job, or remove the dependency.',
  },
  E302: {
    title: 'Job that waits for itself',
    severity: 'error',
    explanation: 'A job names itself among its dependencies, so it could never start. Remove the dependency.',
  },
  E303: {
    title: 'Duplicate job id',
    severity: 'error',
    explanation:
      'Two jobs have the same id, so that dependencies, logs and history could not tell them apart. Rename one of them; jobs of included files can be given a "prefix".',
  },
  E304: {
    title: 'Circular dependencies',
    severity: 'error',
    explanation:
      'Jobs wait for each other in a circle, so none of them could ever start. The shortest circle is shown with the place of each of its dependencies; remove one of them.',
  },
  E305: {
    title: 'Impossible resources',
    severity: 'error',
    explanation:
      'A job takes more from a pool than the pool holds, so it could never start. Lower the demand, or raise the capacity in "resources" of the configuration.',
  },
  E306: {
    title: 'Unknown resource pool',
    severity: 'error',
    explanation:
      'A job takes from a pool that the configuration does not have. Add it to "resources" of the configuration, with its capacity.',
  },
  E501: {
    title: 'Unusable variable name',
    severity: 'error',
    explanation:
      'Names of environment variables consist of letters, digits and underscores and do not begin with a digit.',
  },
  E502: {
    title: 'Unusable variable value',
    severity: 'error',
    explanation:
      'The value of an environment variable is a text of at most 32,768 characters without NUL; numbers and flags are turned into text. Lists and mappings have no meaning there.',
  },
  E503: {
    title: 'Unknown env set',
    severity: 'error',
    explanation: 'A job uses an env set that no file defines in "env_sets".',
  },
  E701: {
    title: 'Unusable duration',
    severity: 'error',
    explanation:
      'A duration is a number of seconds or text such as "90s", "15m" or "2h30m", not negative and at most ten years.',
  },
  E702: {
    title: 'Unusable time limit',
    severity: 'error',
    explanation:
      'A time limit is a duration above zero, or follows past runs: "200%" of their median, "p95*2" for twice the 95th percentile, or a mapping with "history", "floor" and "fallback".',
  },
  E801: {
    title: 'Unknown check',
    severity: 'error',
    explanation:
      'A check is none of the built-in ones, is not defined in "checks", and is not the path of a plug-in. With "version": 2 that is an error before anything is started.',
  },
  E803: {
    title: 'Missing parameter of a check',
    severity: 'error',
    explanation:
      'A check lacks a parameter that it cannot do without. With "version": 2 that is an error before anything is started.',
  },
  E804: {
    title: 'Unknown parameter of a check',
    severity: 'error',
    explanation:
      'A check is given a parameter that it does not know, so that what was meant would have no effect. With "version": 2 that is an error before anything is started.',
  },
  E805: {
    title: 'Unusable parameter of a check',
    severity: 'error',
    explanation:
      'A parameter of a check is not of the kind that the check takes. With "version": 2 that is an error before anything is started.',
  },
  E806: {
    title: 'Check of the output before the command',
    severity: 'error',
    explanation:
      'A check of what the command prints stands among the checks that come before it. Move it to "post_checks".',
  },
  E901: {
    title: 'Dangerous command',
    severity: 'error',
    explanation:
      'A command does something that "security_policy": "strict" refuses. Nothing is started. If it is meant, allow it with a regular expression in "command_allowlist_patterns", or lower "security_level".',
  },
  E902: {
    title: 'Program outside the workspace',
    severity: 'error',
    explanation:
      'A command begins with the absolute path of a program that is in none of the "workspace_paths", and "security_policy" is "strict". Nothing is started.',
  },
  E903: {
    title: 'Path of others',
    severity: 'error',
    explanation:
      'A command names a path that leads upwards (..) or a file in which a user or the system keeps secrets, and "security_policy" is "strict". Nothing is started.',
  },
  W101: {
    title: 'Duplicate key in JSON',
    severity: 'warning',
    explanation:
      'An object names the same key twice. The last one counts and the earlier one is ignored, which is seldom what was meant: remove one of the two.',
  },
  W102: {
    title: 'Trailing comma',
    severity: 'warning',
    explanation:
      'A comma before a closing bracket is accepted here, but strict JSON forbids it and other programs will refuse the file. Remove the comma, or name the file .jsonc.',
  },
  W103: {
    title: 'Replacement character',
    severity: 'warning',
    explanation:
      'The text holds the character U+FFFD, which stands for bytes that could not be read as UTF-8. The original characters are lost: save the file as UTF-8 and restore them.',
  },
  W104: {
    title: 'Unknown YAML tag',
    severity: 'warning',
    explanation:
      'Only the tags of the core schema (!!str, !!int, !!float, !!bool, !!null, !!map, !!seq) have a meaning here; any other is ignored and the value is read as if it were not there.',
  },
  W105: {
    title: 'Number that loses digits',
    severity: 'warning',
    explanation:
      'An integer of more than 15 digits cannot be held exactly, and its last digits change. Write it in quotes if it is an identifier.',
  },
  W201: {
    title: 'Unknown key',
    severity: 'warning',
    explanation:
      'The key has no meaning and is ignored, as version 1 did. Correct it, remove it, or begin it with "x_" if it is a note of your own; with "version": 2 unknown keys are errors.',
  },
  W202: {
    title: 'Old name of a key',
    severity: 'warning',
    explanation:
      'The key still works under this name, but has a newer one. `convert --upgrade` rewrites all of them.',
  },
  W203: {
    title: 'Value read with goodwill',
    severity: 'warning',
    explanation:
      'The value is not what the key takes, but version 1 ran such files, so it is read as the message says. With "version": 2 it is an error.',
  },
  W204: {
    title: 'Key without a value',
    severity: 'warning',
    explanation: 'The key has no value and is read as if it were not there. Remove it or give it a value.',
  },
  W205: {
    title: 'No working folder',
    severity: 'warning',
    explanation:
      'A file of version 1 must say its "working_dir"; without one jobs run in the folder of the file. With "version": 2 that is the rule and no warning.',
  },
  W206: {
    title: 'Relative working folder',
    severity: 'warning',
    explanation:
      'Version 1 demands an absolute "working_dir"; a relative one is seen from the folder of the file. With "version": 2 that is the rule and no warning.',
  },
  W207: {
    title: 'Nothing to run',
    severity: 'warning',
    explanation: 'The list of jobs is empty, so a run does nothing and succeeds.',
  },
  W210: {
    title: 'Definition in two files',
    severity: 'warning',
    explanation:
      'Two files define a template, env set or check of the same name. Jobs of a file use its own definition, all others the one of the outermost file. Give one of them another name.',
  },
  W211: {
    title: 'Pattern without files',
    severity: 'warning',
    explanation: 'No file matches a pattern of "include", so nothing is included by it.',
  },
  W301: {
    title: 'Repeated dependency',
    severity: 'warning',
    explanation: 'A job names the same dependency twice. The first one counts; remove the other.',
  },
  W501: {
    title: 'Flag as a variable',
    severity: 'warning',
    explanation:
      'A file without "version": 2 gives true and false to jobs as "True" and "False", as version 1 did. Write the text in quotes to say which spelling you want.',
  },
  W701: {
    title: 'Time limit replaced by the default',
    severity: 'warning',
    explanation:
      'The time limit of a job cannot be used, and as version 1 did the default applies instead. Write seconds or text such as "15m".',
  },
  W801: {
    title: 'Unknown check',
    severity: 'warning',
    explanation:
      'A check is none of the built-in ones, is not defined in "checks", and is not the path of a plug-in. As in version 1 its job fails when the check is reached; with "version": 2 that is an error before anything is started.',
  },
  W802: {
    title: 'Python plug-ins',
    severity: 'warning',
    explanation:
      'Plug-ins of version 1 are Python modules, which are not loaded here. Port them to a check plug-in: a program that is given the parameters and exits with 0 when the check holds, or a JavaScript module, named by its path in "pre_checks" or "post_checks".',
  },
  W803: {
    title: 'Missing parameter of a check',
    severity: 'warning',
    explanation:
      'A check lacks a parameter that it cannot do without. The job fails when the check is reached; with "version": 2 that is an error before anything is started.',
  },
  W804: {
    title: 'Unknown parameter of a check',
    severity: 'warning',
    explanation:
      'A check is given a parameter that it does not know, so that what was meant would have no effect. The job fails when the check is reached; with "version": 2 that is an error before anything is started.',
  },
  W805: {
    title: 'Unusable parameter of a check',
    severity: 'warning',
    explanation:
      'A parameter of a check is not of the kind that the check takes. The job fails when the check is reached; with "version": 2 that is an error before anything is started.',
  },
  W806: {
    title: 'Check of the output before the command',
    severity: 'warning',
    explanation:
      'A check of what the command prints stands among the checks that come before it. Move it to "post_checks": here its job fails when the check is reached.',
  },
  W901: {
    title: 'Dangerous command',
    severity: 'warning',
    explanation:
      'A command does something dangerous. With "security_policy": "strict" it would be refused. If it is meant, allow it with a regular expression in "command_allowlist_patterns", or lower "security_level".',
  },
  W902: {
    title: 'Program outside the workspace',
    severity: 'warning',
    explanation:
      'A command begins with the absolute path of a program that is in none of the "workspace_paths". With "security_policy": "strict" it would be refused.',
  },
  W903: {
    title: 'Path of others',
    severity: 'warning',
    explanation:
      'A command names a path that leads upwards (..) or a file in which a user or the system keeps secrets. With "security_policy": "strict" it would be refused.',
  },
  W904: {
    title: 'Unusable allow-list pattern',
    severity: 'warning',
    explanation: 'An entry of "command_allowlist_patterns" is no regular expression, so it allows nothing.',
  },
  I101: {
    title: 'Byte-order mark',
    severity: 'info',
    explanation:
      'The file begins with a byte-order mark, which UTF-8 does not need and some programs refuse. It is ignored; save the file without it.',
  },
  I201: {
    title: 'Keys of version 2',
    severity: 'info',
    explanation:
      'The file uses keys that version 1 does not know. They are honoured; add "version": 2 so that slips of the pen are found too.',
  },
  I202: {
    title: 'Disabled key',
    severity: 'info',
    explanation: 'A key that begins with "_" is a habit of version 1 to switch a key off. It is ignored.',
  },
  I203: {
    title: 'Settings of an included file',
    severity: 'info',
    explanation:
      'Settings that concern the run as a whole, such as "max_workers" or "email_address", are taken from the first file alone. Those of the included file have no effect here.',
  },
  E190: {
    title: 'Selection that cannot be read',
    severity: 'error',
    explanation:
      'The text that selects jobs breaks the rules of the selection language at the marked place: a parenthesis, quote or regular expression that is not closed, an operator without a job, an unknown status. Write an id that holds spaces, commas, parentheses or operators in double quotes.',
  },
  E191: {
    title: 'Selection of a job that does not exist',
    severity: 'error',
    explanation:
      'A selection names a job by its id, and the workflow has no job of that id. Nothing is selected then, since a mistyped name would silently leave a job out, or in. Use a pattern such as `load_*` where it is right that nothing may match.',
  },
  E192: {
    title: 'Selection by status without a run',
    severity: 'error',
    explanation:
      'The selection asks for the status of jobs (`status:failed`), and there is no run to look at. Name a run, or run the workflow first.',
  },
  W190: {
    title: 'Selection term that matches no job',
    severity: 'warning',
    explanation:
      'A pattern, tag, status or other term of a selection matches no job of the workflow. The rest of the selection stands; check the term for a mistake.',
  },
} as const satisfies Record<string, CodeInfo>;

export type DiagnosticCode = keyof typeof diagnosticCodes;
