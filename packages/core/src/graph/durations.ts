/** How long each job takes, in any unit: by job number. Finite and not negative. */
export type Durations = Float64Array | ((job: number) => number);

/** The durations as an array. Throws a RangeError if one is negative or not a finite number. Cost: O(n). */
export function durationArray(durations: Durations, jobCount: number): Float64Array {
  const array =
    typeof durations === 'function'
      ? Float64Array.from({ length: jobCount }, (_, job) => durations(job))
      : durations;
  if (array.length !== jobCount)
    throw new RangeError(`There are ${array.length} durations for ${jobCount} jobs.`);
  const wrong = array.findIndex((duration) => !(duration >= 0 && duration < Number.POSITIVE_INFINITY));
  if (wrong >= 0)
    throw new RangeError(`The duration of job ${wrong} is ${array[wrong]}, not a number from 0 up.`);
  return array;
}
