/** For events that the compiler knows cannot come. */
export function unreachable(event: never): never {
  throw new Error(`Internal error: the fold does not know the event ${JSON.stringify(event)}`);
}
