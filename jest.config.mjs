/** @type {import('jest').Config} */
export default {
  roots: ['<rootDir>/packages'],
  testMatch: ['**/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  moduleNameMapper: {
    '^@executioner/([^/]+)$': '<rootDir>/packages/$1/src/index.ts',
    '^fast-check$': '<rootDir>/scripts/fast-check.mjs',
  },
  // Nothing is meant to take as long: it is for slow machines, and tests say themselves what they wait for in vain.
  testTimeout: 240_000,
  maxWorkers: 2,
  reporters: ['default', '<rootDir>/scripts/jest-closing-line.mjs'],
};
