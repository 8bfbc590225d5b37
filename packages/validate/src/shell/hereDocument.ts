import type { HereDoc, SyntaxNode } from 'unbash';
import type { InputText } from './invocationReader.ts';

/**
 * The text of a here-document as the program sees it. Without quotes around the delimiter plain variables are left in it,
 * as if their values were words; undefined where more is expanded (`$(…)`, `${…:-…}`, backslashes). The tabs that `<<-` drops
 * are left, since a shell skips them anyway.
 */
export function textOfHereDocument({ body, delimiter, closing }: HereDoc): InputText | undefined {
  if (delimiter === undefined || closing === undefined) return undefined;
  const { text, pos } = body;
  const isAsWritten = delimiter.quoted || !/[\\`]|\$(?![A-Za-z_{]|\s)|\$\{[^}]*[^}\w]/.test(text);
  return isAsWritten ? { text, start: pos } : undefined;
}

/** The text of the here-document that a command of a pipe passes on as it is: `cat <<EOF`. */
export function hereDocumentPassedOn(command: SyntaxNode): InputText | undefined {
  if (command.type !== 'Command' || command.name?.value !== 'cat') return undefined;
  if (command.args.some((word) => word.type !== 'Word' || word.value !== '-')) return undefined;
  const [input, ...others] = command.redirects;
  return input?.type === 'HereDoc' && others.length === 0 ? textOfHereDocument(input) : undefined;
}
