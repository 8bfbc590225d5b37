// A module of its own, so that the bundle of `history` holds what the command needs and not the whole engine.
export { historyCommand } from '@executioner/engine';
