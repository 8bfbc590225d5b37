/**
 * How surprising it is that something occurs `a` times in `ofA` and `b` times in `ofB`, if it is equally frequent in both:
 * the log-likelihood ratio G² (Dunning 1993), which holds for rare events too. 0 if the shares are equal; above 3.84 chance
 * alone gives it once in twenty times, above 10.83 once in a thousand.
 */
export function logLikelihoodRatio(a: number, ofA: number, b: number, ofB: number): number {
  const total = ofA + ofB;
  const occurrences = a + b;
  if (total === 0) return 0;
  const g =
    term(a, (ofA * occurrences) / total) +
    term(b, (ofB * occurrences) / total) +
    term(ofA - a, (ofA * (total - occurrences)) / total) +
    term(ofB - b, (ofB * (total - occurrences)) / total);
  return Math.max(0, 2 * g);
}

function term(observed: number, expected: number): number {
  return observed === 0 ? 0 : observed * Math.log(observed / expected);
}
