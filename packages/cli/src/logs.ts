// A module of its own, so that the bundle of `logs` holds what the command needs.
export { logsCommand } from '@executioner/logs';
