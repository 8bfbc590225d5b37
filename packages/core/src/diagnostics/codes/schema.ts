import type { CodeInfo } from '../codeInfo.ts';

/** Findings about keys and their values. */
export const schemaCodes = {
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
} as const satisfies Record<string, CodeInfo>;
