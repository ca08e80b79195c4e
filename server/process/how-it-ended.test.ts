import { resolve } from "node:path";
import { expect, test } from "vitest";
import { fileName, howItEnded } from "./how-it-ended";

test.each([
  [
    { code: null, signal: "SIGKILL" as const },
    "No space left on device",
    "was killed (SIGKILL), which also happens when the machine runs out of memory",
  ],
  [{ code: null, signal: "SIGSEGV" as const }, "", "crashed (SIGSEGV)"],
  [
    { code: null, signal: "SIGABRT" as const },
    "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory",
    "crashed (SIGABRT) because it ran out of memory",
  ],
  [{ code: null, signal: "SIGTERM" as const }, "", "was ended by another program (SIGTERM)"],
  [{ code: 1, signal: null }, "", "ended with code 1"],
  [
    { code: 1, signal: null },
    "listen tcp 127.0.0.1:7234: bind: address already in use",
    /another program uses its port/,
  ],
  [
    { code: 1, signal: null },
    'PANIC:  could not write to file "pg_wal/xlogtemp.71": No space left on device',
    "ended with code 1 because the disk is full",
  ],
  [{ code: 1, signal: null }, "open temporal.db: permission denied", /no permission for its files/],
])("%j after logging %j", (exit, logged, expected) => {
  expect(howItEnded(exit, logged)).toMatch(expected);
});

test.each([
  [resolve(".data/logs/postgres.log"), ".data/logs/postgres.log"],
  [resolve("..", "elsewhere", "postgres.log"), resolve("..", "elsewhere", "postgres.log")],
])("names %s", (path, expected) => {
  expect(fileName(path)).toBe(expected);
});
