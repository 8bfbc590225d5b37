// A module of its own, so that the bundle of `run` holds what the command needs and not the whole engine.
export { optimizeLate, runCommand } from '@executioner/engine';
