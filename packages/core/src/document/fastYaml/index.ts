export { readFastYaml } from './readFastYaml.ts';
