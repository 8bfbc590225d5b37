/// <reference lib="dom" />

/** The element of the page with an id, which must be of a kind. */
export function element<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`Internal error: the page has no ${kind.name} "${id}".`);
  return found;
}

export interface MakeOptions {
  readonly text?: string;
  readonly className?: string;
  readonly onClick?: () => void;
}

/** A new element; its text is text, whatever it looks like. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  { text, className, onClick }: MakeOptions = {},
  ...children: readonly Node[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className !== undefined) made.className = className;
  if (onClick !== undefined) made.addEventListener('click', onClick);
  made.append(...children);
  return made;
}
