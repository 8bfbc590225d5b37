import { type CompletionValues, defineCommand, exitCodes } from '@executioner/core';

const completeRuns: CompletionValues = async (words, io) =>
  (await import('./completeRuns.ts')).completeRuns(words, io);

const what = 'What is drawn';
const look = 'How it looks';

/** `executioner visualize`: a workflow, or a run of it, as a picture. */
export const visualizeCommand = defineCommand({
  name: 'visualize',
  summary: 'draw a workflow or a run of it: graph or timeline, as a picture, a page or text',
  description: `Draws the graph of a workflow in layers: jobs in one layer do not wait for each other, and the critical path is
    marked (by declared estimates, else by past runs, else the longest chain). With --run or --from-log the jobs have the
    colours of a run, with tries, exit codes and durations; without a workflow, the run tells what it ran.

    The ending of the output file says the format. Without -o the graph is drawn in the terminal.`,
  positionals: {
    workflow: {
      summary:
        'the configuration (JSON, JSONC or YAML); - is standard input; not needed with --run or --from-log',
      complete: 'file',
    },
  },
  options: {
    run: {
      type: 'text',
      group: what,
      placeholder: 'N',
      summary: 'colour the jobs by this run: its number, or "latest"',
      complete: completeRuns,
      conflicts: ['from-log'],
    },
    'from-log': {
      type: 'text',
      group: what,
      placeholder: 'FILE',
      summary:
        'colour the jobs by the run of this log: a journal, the folder of a run, or a text log, also of version 1',
      complete: 'file',
    },
    view: {
      type: 'choice',
      group: what,
      choices: ['graph', 'timeline'],
      default: 'graph',
      summary: 'the graph, or the timeline of a run with its lanes of workers',
    },
    select: { type: 'text', group: what, placeholder: 'EXPRESSION', summary: 'draw only the jobs selected' },
    'group-by': {
      type: 'choice',
      group: what,
      choices: ['tag', 'include', 'none'],
      default: 'none',
      summary: 'put jobs with the same first tag, or from the same included file, in a frame',
    },
    'hide-redundant': {
      type: 'flag',
      group: what,
      summary: 'leave out dependencies that follow from others',
    },
    direction: {
      type: 'choice',
      group: look,
      choices: ['auto', 'lr', 'tb'],
      default: 'auto',
      summary:
        'from left to right (lr), from top to bottom (tb), or auto: left to right unless that is far too wide',
    },
    fold: {
      type: 'flag',
      group: look,
      negatable: true,
      summary: 'put many jobs that are alike into a frame (default, but for json)',
    },
    'fold-by': {
      type: 'choice',
      group: look,
      choices: ['auto', 'dependencies', 'names', 'levels'],
      default: 'auto',
      summary:
        'what makes jobs alike: the same dependencies and dependents; or, with one line for all, names but for digits and the same level, or the level alone; auto: names or levels only where the picture would be too large to be read',
    },
    wrap: {
      type: 'choice',
      group: look,
      choices: ['auto', 'always', 'never'],
      default: 'auto',
      summary:
        'cut a long graph into pieces beside each other; auto: where it would be a strip that nobody can read (not for json)',
    },
    aspect: {
      type: 'number',
      group: look,
      fraction: true,
      min: 0.1,
      max: 10,
      placeholder: 'X',
      summary:
        'how many times wider than high a picture should be, where there is a choice; about 1.5 if left out',
    },
    theme: {
      type: 'choice',
      group: look,
      choices: ['auto', 'light', 'dark'],
      default: 'auto',
      summary: 'auto: as the reader of an SVG or HTML file has set it, else light',
    },
    scale: {
      type: 'number',
      group: look,
      fraction: true,
      min: 0.1,
      max: 8,
      default: 2,
      placeholder: 'X',
      summary: 'pixels of a PNG for one of the drawing',
    },
    'time-zone': {
      type: 'text',
      group: look,
      placeholder: 'ZONE',
      summary: 'zone of the times shown, such as UTC or Asia/Tokyo; the local one if left out',
    },
  },
  formats: {
    text: { summary: 'drawn with characters, for the terminal', endings: ['.txt'] },
    svg: { summary: 'a picture that can be scaled, light or dark as its reader has it', endings: ['.svg'] },
    png: { summary: 'an image', endings: ['.png'] },
    pdf: { summary: 'one page', endings: ['.pdf'] },
    html: { summary: 'a page to zoom, search and click, in one file', endings: ['.html', '.htm'] },
    mermaid: {
      summary: 'a Mermaid flow chart, in Markdown for .md files',
      endings: ['.mmd', '.mermaid', '.md', '.markdown'],
    },
    dot: { summary: 'for Graphviz', endings: ['.dot', '.gv'] },
    json: { summary: 'the layout with all places, for programs', endings: ['.json'] },
  },
  examples: [
    { command: 'visualize nightly.yaml', summary: 'draw the graph in the terminal' },
    { command: 'visualize nightly.yaml -o nightly.png', summary: 'draw it as an image' },
    {
      command: 'visualize nightly.yaml --format mermaid -o nightly.md',
      summary: 'put it into a Markdown page',
    },
    { command: 'visualize --run latest -o run.html', summary: 'look at the latest run in a browser' },
    {
      command: 'visualize nightly.yaml --from-log run_123.log -o graph.html',
      summary: 'colour it by the run of a log',
    },
    {
      command: 'visualize --run 12 --view timeline -o timeline.svg',
      summary: 'see who ran when, and who waited',
    },
  ],
  exitCodes: { 0: 'the picture was made, also of a failed run', 1: undefined },
  async run(args, context) {
    const { visualize } = await import('./visualize.ts');
    const result = await visualize(args, context);
    if (result === undefined) return exitCodes.usage;
    await context.writeResult(result);
    return exitCodes.done;
  },
});
