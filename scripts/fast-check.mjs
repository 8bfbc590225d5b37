// What tests get as `fast-check`: their cases are the same each time, as those of every test. PROPERTY_SEED=random draws others,
// and a number those of a seed that a failure has named.
import fc from '../node_modules/fast-check/lib/fast-check.js';

const wanted = process.env.PROPERTY_SEED ?? '1';
if (wanted !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(wanted) });

export * from '../node_modules/fast-check/lib/fast-check.js';
export { default } from '../node_modules/fast-check/lib/fast-check.js';
