// A module of its own, so that the bundle of `validate` holds what the command needs and nothing else.
export { validateCommand } from '@executioner/validate';
