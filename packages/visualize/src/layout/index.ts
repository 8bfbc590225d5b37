export type { EdgeList } from './graph.ts';
export { type LaneArea, type Layout, type LayoutInput, layout } from './layout.ts';
export type { Gaps } from './layoutPart.ts';
export type { Wrapping } from './wrapping/wrapParts.ts';
