import type { Severity } from '@executioner/core';

/** What a code is reported as, where it is not its own severity. */
export type RuleSetting = Severity | 'off';
