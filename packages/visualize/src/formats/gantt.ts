import { visibleText } from '@executioner/report';
import type { Picture } from '../picture/picture.ts';

/** The timeline of a run as a Mermaid Gantt chart, a section for each lane. Linear in the tries. */
export function renderGantt(picture: Picture, { isMarkdown }: { readonly isMarkdown: boolean }): string {
  const lines = ['gantt', '  dateFormat x', '  axisFormat %H:%M:%S', `  title ${plain(picture.title)}`];
  let bars = 0;
  for (const { attempt, lanes } of picture.run!.attempts) {
    for (const [lane, own] of lanes.entries()) {
      lines.push(`  section attempt ${attempt} worker ${lane + 1}`);
      for (const bar of own) {
        const state = bar.tone === 'bad' ? 'crit, ' : bar.tone === 'good' ? 'done, ' : 'active, ';
        const end = Math.max(bar.endMs, bar.startMs + 1);
        lines.push(
          `  ${plain(picture.jobs[bar.job]!.id)} :${state}b${bars++}, ${Math.round(bar.startMs)}, ${Math.round(end)}`,
        );
      }
    }
  }
  const chart = `${lines.join('\n')}\n`;
  return isMarkdown ? `\`\`\`mermaid\n${chart}\`\`\`\n` : chart;
}

/** Gantt charts know no escapes: what would end a title is replaced by a look-alike. */
function plain(text: string): string {
  const looks: Readonly<Record<string, string>> = { ':': '∶', ';': ';', '#': '＃', '%': '％', '`': "'" };
  return (
    visibleText(text)
      .replace(/[:;#%`]/g, (character) => looks[character]!)
      .trim() || '?'
  );
}
