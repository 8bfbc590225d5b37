import { components } from '../components.ts';
import type { EdgeList } from '../graph.ts';
import { layersByNetworkSimplex } from './networkSimplex.ts';

/** Layers of a graph without cycles, each connected part from 0: see `layersByNetworkSimplex`. */
export function assignLayers(edges: EdgeList): Int32Array {
  const layers = new Int32Array(edges.nodeCount);
  for (const part of components(edges)) {
    const own = layersByNetworkSimplex(part.edges);
    for (const [k, node] of part.nodes.entries()) layers[node] = own[k]!;
  }
  return layers;
}
