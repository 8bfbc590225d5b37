import { components } from '../components.ts';
import type { EdgeList } from '../graph.ts';
import { layersByNetworkSimplex } from './networkSimplex.ts';

/** Layers of a graph without cycles, each connected part from 0: see `layersByNetworkSimplex`. */
export function assignLayers(edges: EdgeList): Int32Array {
  return byParts(edges, (part) => layersByNetworkSimplex(part));
}

/** Other layerings with edges as short in sum, where there are any: of nodes left where they were found, and from the other end. */
export function otherLayers(edges: EdgeList): Int32Array[] {
  return [
    byParts(edges, (part) => layersByNetworkSimplex(part, { isSpread: false })),
    byParts(edges, ({ nodeCount, tail, head }) => {
      const layers = layersByNetworkSimplex({ nodeCount, tail: head, head: tail });
      const last = layers.reduce((most, layer) => Math.max(most, layer), 0);
      return layers.map((layer) => last - layer);
    }),
  ];
}

function byParts(edges: EdgeList, layersOf: (part: EdgeList) => Int32Array): Int32Array {
  const layers = new Int32Array(edges.nodeCount);
  for (const part of components(edges)) {
    const own = layersOf(part.edges);
    for (const [k, node] of part.nodes.entries()) layers[node] = own[k]!;
  }
  return layers;
}
