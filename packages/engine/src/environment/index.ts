export { type RunSecrets, secretValues } from './secretValues.ts';
