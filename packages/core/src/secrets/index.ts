export { isSecretName } from './secretName.ts';
export { maskWrittenSecrets, type WrittenSecret, writtenSecrets } from './writtenSecret.ts';
