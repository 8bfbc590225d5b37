// A module of its own, so that the bundle of `plan` holds what the command needs and not the whole engine.
export { planCommand } from '@executioner/engine';
