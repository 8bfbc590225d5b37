// Rows of measurements as lines of text and as a Markdown table.

/** One row, for the terminal. */
export function describe(row) {
  const yardstick = row.yardstick ? `  ${row.yardstick}: ${round(row.yardstickFigure)} ${row.unit}` : '';
  const ratio = row.ratio === undefined ? '' : `  ratio ${round(row.ratio)}`;
  const goal = row.goal
    ? `  goal ${row.goal}${row.met === undefined ? '' : row.met ? ' (met)' : ' (MISSED)'}`
    : '';
  return `${row.name}: ${round(row.figure)} ${row.unit}${yardstick}${ratio}${goal}${row.note ? `  (${row.note})` : ''}`;
}

/** Rows as a Markdown table. */
export function table(rows) {
  const lines = [
    '| what | figure | yardstick | ratio | goal | met |',
    '| --- | ---: | ---: | ---: | --- | --- |',
  ];
  for (const row of rows) {
    const what = row.note ? `${row.name} (${row.note})` : row.name;
    const yardstick = row.yardstick ? `${row.yardstick}: ${round(row.yardstickFigure)} ${row.unit}` : '';
    const met = row.met === undefined ? '' : row.met ? 'yes' : '**no**';
    lines.push(
      `| ${what} | ${round(row.figure)} ${row.unit} | ${yardstick} | ${row.ratio === undefined ? '' : round(row.ratio)} | ${row.goal ?? ''} | ${met} |`,
    );
  }
  return lines.join('\n');
}

/** Three digits that count. */
function round(value) {
  if (typeof value !== 'number') return '';
  return Math.abs(value) >= 100
    ? Math.round(value).toLocaleString('en-GB')
    : Number(value.toPrecision(3)).toString();
}
