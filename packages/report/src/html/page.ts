import { createHash } from 'node:crypto';
import { type Html, type HtmlValue, html } from './escape.ts';
import { styleSheet } from './styles.ts';

export interface PageOptions {
  readonly title: string;
  readonly body: HtmlValue;
  /** Closing line: what made the page. */
  readonly footer: string;
  /** Rules beside those of every page. */
  readonly styles?: string;
  /** A script of ours, with what it works on: data of any content. */
  readonly script?: { readonly code: string; readonly data: unknown };
}

/**
 * A complete page in one file. Nothing is fetched, and no script runs but the one given: its content security policy
 * forbids all else.
 */
export function htmlPage({ title, body, footer, styles = '', script }: PageOptions): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'${scriptPolicy(script?.code)}">
<title>${title}</title>
<style>${trusted(styleSheet + styles)}</style>
</head>
<body>
<main>
${body}
</main>
<footer>${footer}</footer>
${script === undefined ? undefined : trusted(scriptElements(script))}</body>
</html>
`.markup;
}

/** A policy that lets exactly this script run. */
function scriptPolicy(code: string | undefined): Html | undefined {
  if (code === undefined) return undefined;
  return trusted(`; script-src 'sha256-${createHash('sha256').update(code).digest('base64')}'`);
}

/** In JSON, `<` only stands within strings, where it can be written so that no end of the element is read in it. */
function scriptElements({ code, data }: NonNullable<PageOptions['script']>): string {
  const json = JSON.stringify(data).replaceAll('<', '\\u003c');
  return `<script type="application/json" id="data">${json}</script>\n<script>${code}</script>\n`;
}

/** Our own text, which needs no escaping. */
function trusted(markup: string): Html {
  return { markup };
}
