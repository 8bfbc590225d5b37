import { isSecretName, writtenSecrets } from '@executioner/core';
import { placeOfVariable, writtenLayers } from '../environment/writtenLayers.ts';
import type { JobCheck, Rule } from '../rule.ts';
import type { JobSubject, Subject } from '../subject.ts';
import { fromEnvironment, type PlainSecret } from './foundSecret.ts';
import { secretSettings } from './secretSettings.ts';
import { secretsInCommand } from './secretsInCommand.ts';
import { isSecretValue } from './secretValue.ts';

export const plainSecret: Rule = {
  code: 'W510',
  title: 'Secret in plain text',
  severity: 'warning',
  explanation:
    'A password, token or key is written into the file, so that everybody who can read it, its copies and its history can use it. Looked for are values of variables and settings with secret names (`DB_PASSWORD`, `smtp_password`, switched-off keys such as `_smtp_password` too), the known forms of access tokens and private keys, passwords in URLs, and options of programs that take one. The value itself is never shown.',
  remedy:
    'Take the value from the environment: leave the variable out of the file and give it with --env or let jobs inherit it, or refer to another one (`smtp_password: ${SMTP_PASSWORD}`). A secret that has been in a repository must be changed.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\nenv_variables:\n  DB_PASSWORD: correct-horse\njobs:\n  - id: load\n    description: Loads the day\n    command: "true"\n',
    mended:
      'version: 2\njobs:\n  - id: load\n    description: Loads the day, with DB_PASSWORD from the environment\n    command: "true"\n',
  },
  check(subject, report) {
    const search = subject.gather(secretSearch);
    return {
      end() {
        for (const { what, place, job, hint } of search.found) {
          report({ message: what, place, ...(job !== undefined && { job }), hint });
        }
      },
    };
  },
};

/** All secrets that the files hold in plain text, kept with `Subject.gather`. */
export function secretSearch(subject: Subject): SecretSearch {
  return new SecretSearch(subject);
}

export class SecretSearch implements JobCheck {
  readonly found: PlainSecret[];

  constructor(subject: Subject) {
    this.found = [...secretVariables(subject), ...secretSettings(subject)];
  }

  job(job: JobSubject): void {
    for (const secret of secretsInCommand(job)) this.found.push(secret);
  }
}

function secretVariables(subject: Subject): PlainSecret[] {
  const found: PlainSecret[] = [];
  const { secrets } = subject.configuration;
  // Jobs share few names, however many variables they have.
  const secretNames = new Map<string, boolean>();
  const isSecret = (name: string): boolean => {
    let known = secretNames.get(name);
    if (known === undefined) {
      known = isSecretName(name, secrets);
      secretNames.set(name, known);
    }
    return known;
  };
  for (const { layer, job } of subject.once(writtenLayers)) {
    for (const name in layer.variables) {
      const value = layer.variables[name]!;
      const isNamed = isSecret(name) && isSecretValue(name, value, secrets);
      const token = isNamed ? undefined : writtenSecrets(value)[0];
      if (!isNamed && token === undefined) continue;
      const where = placeOfVariable(name, { layer, job }, subject);
      found.push({
        ...where,
        what: isNamed
          ? `the value of "${name}" looks like a secret, and is written in plain text`
          : `the value of "${name}" holds ${token!.kind} in plain text`,
        hidden: { origin: where.place.origin, ...(token !== undefined && { within: token }) },
        hint: fromEnvironment,
      });
    }
  }
  return found;
}
