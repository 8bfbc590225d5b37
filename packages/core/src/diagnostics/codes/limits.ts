import type { CodeInfo } from '../codeInfo.ts';

/** Findings about retries and time limits. */
export const limitCodes = {
  E701: {
    title: 'Unusable duration',
    severity: 'error',
    explanation:
      'A duration is a number of seconds or text such as "90s", "15m" or "2h30m", not negative and at most ten years.',
  },
  E702: {
    title: 'Unusable time limit',
    severity: 'error',
    explanation:
      'A time limit is a duration above zero, or follows past runs: "200%" of their median, "p95*2" for twice the 95th percentile, or a mapping with "history", "floor" and "fallback".',
  },
  W701: {
    title: 'Time limit replaced by the default',
    severity: 'warning',
    explanation:
      'The time limit of a job cannot be used, and as version 1 did the default applies instead. Write seconds or text such as "15m".',
  },
} as const satisfies Record<string, CodeInfo>;
