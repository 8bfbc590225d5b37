import type { CommandContext } from '@executioner/core';
import { documentHtml, documentMarkdown, documentText, type ReportDocument } from '@executioner/report';

/** Writes a result in the format that was asked for: a document for people, `data` for programs. */
export async function writeDocument(
  document: ReportDocument,
  data: unknown,
  { format, colors, columns, version, writeResult }: CommandContext,
): Promise<void> {
  switch (format) {
    case 'json':
      return await writeResult(`${JSON.stringify(data, undefined, 2)}\n`);
    case 'md':
      return await writeResult(documentMarkdown(document));
    case 'html':
      return await writeResult(
        documentHtml(document, { footer: `Made by executioner ${version} from the logs of runs.` }),
      );
    default:
      return await writeResult(documentText(document, { colors, columns }));
  }
}
