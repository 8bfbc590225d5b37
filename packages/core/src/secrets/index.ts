export { isSecretName } from './secretName.ts';
