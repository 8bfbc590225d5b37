/**
 * Nodes and edges of a Graphviz digraph, as far as the cyclic graphs of the corpus need the language: node and edge
 * statements, chains of edges, subgraphs, quoted names, ports and comments. Attributes are skipped.
 */
export function readDot(text: string): { nodes: string[]; edges: [string, string][] } {
  const tokens: readonly string[] =
    withoutComments(text).match(/"(?:[^"\\]|\\[\s\S])*"|->|[{}[\];:,=]|(?:(?!->)[^\s{}[\];:,="])+/g) ?? [];
  const nodes = new Set<string>();
  const edges: [string, string][] = [];
  let previous: string | undefined;
  let isHead = false;
  for (let at = tokens.indexOf('{') + 1; at < tokens.length; at++) {
    const token = tokens[at]!;
    if (token === '[') at = tokens.indexOf(']', at);
    else if (token === ':' || token === 'subgraph') at++;
    else if (tokens[at + 1] === '=') at += 2;
    else if (token === '->') isHead = true;
    else if (/^[{};,]$|^(?:node|edge|graph)$/.test(token)) previous = undefined;
    else {
      const name = token.startsWith('"') ? token.slice(1, -1) : token;
      nodes.add(name);
      if (isHead && previous !== undefined) edges.push([previous, name]);
      previous = name;
      isHead = false;
    }
  }
  return { nodes: [...nodes], edges };
}

function withoutComments(text: string): string {
  return text.replace(
    /("(?:[^"\\]|\\[\s\S])*")|\/\*[\s\S]*?\*\/|\/\/.*/g,
    (_, quoted?: string) => quoted ?? ' ',
  );
}
