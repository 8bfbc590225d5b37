export { definitionHasher } from './definitionHash.ts';
export { stateKey } from './stateKey.ts';
