import { isAbsolute, relative } from "node:path";

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

const CRASHES: (NodeJS.Signals | null)[] = ["SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL", "SIGFPE", "SIGTRAP"];

/** What servers log when they end because of their surroundings, which the operator can change. */
const CAUSES: [logged: RegExp, cause: string][] = [
  [/no space left on device|ENOSPC|disk is full/i, "the disk is full"],
  [/address already in use|EADDRINUSE/i, "another program uses its port"],
  [/cannot allocate memory|ENOMEM|heap out of memory|std::bad_alloc/i, "it ran out of memory"],
  [/too many open files|EMFILE/i, "it can't open more files"],
  [/read-only file system|EROFS/i, "its folder is read-only"],
  [/permission denied|EACCES/i, "it has no permission for its files"],
];

/** How a process ended without being asked to, as the predicate of a sentence. `logged` is what it logged last. */
export function howItEnded({ code, signal }: Exit, logged: string): string {
  if (signal === "SIGKILL") return "was killed (SIGKILL), which also happens when the machine runs out of memory";
  const cause = CAUSES.find(([pattern]) => pattern.test(logged))?.[1];
  const because = cause ? ` because ${cause}` : "";
  if (CRASHES.includes(signal)) return `crashed (${signal})${because}`;
  if (signal) return `was ended by another program (${signal})`;
  return `ended with code ${code}${because}`;
}

/** A file as the user finds it: relative to the current folder, if it is in there. */
export function fileName(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith("..") || isAbsolute(short) ? path : short;
}
