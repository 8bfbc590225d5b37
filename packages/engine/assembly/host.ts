// What the module is given by its host, `src/textlogs/read/scanner.ts`.

/** The time of a minute in milliseconds since 1970: local time, which the host knows. `lastMs` is the time that was read before. */
export declare function minuteMs(year: i32, month: i32, day: i32, hour: i32, minute: i32, lastMs: f64): f64;
