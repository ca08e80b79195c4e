import type { Progress } from "@/server/process/progress";
import type { Keys } from "./keys";

/** Options for starting a part of the local stack. */
export interface PartOptions {
  /** Folder of all local data; each part has its own subfolder. */
  dataDir: string;
  /** Folder of the logs, one file per part. */
  logDir: string;
  /** Port on loopback, free a moment ago. */
  port: number;
  keys: Keys;
  progress: Progress;
}

/** A running part. `address` is what its clients need, as in stack.json. */
export interface Part<Address> {
  address: Address;
  /** Process id of the server. */
  pid: number;
  /** Resolves with what happened, in plain words, when the server ends, requested or not. */
  ended: Promise<string>;
  /** Ends the server; resolves when it has ended. */
  stop(): Promise<void>;
}
