// A module of its own, so that the bundle of `visualize` holds what the command needs.
export { visualizeCommand } from '@executioner/visualize';
