import { type Html, type HtmlValue, html } from './escape.ts';
import { styleSheet } from './styles.ts';

export interface PageOptions {
  readonly title: string;
  readonly body: HtmlValue;
  /** Closing line: what made the page. */
  readonly footer: string;
}

/**
 * A complete page in one file: no script, and nothing is fetched (its content security policy forbids it).
 */
export function htmlPage({ title, body, footer }: PageOptions): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${trusted(styleSheet)}</style>
</head>
<body>
<main>
${body}
</main>
<footer>${footer}</footer>
</body>
</html>
`.markup;
}

/** Our own text, which needs no escaping. */
function trusted(markup: string): Html {
  return { markup };
}
