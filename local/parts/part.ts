import type { Progress } from "@/server/process/progress";
import type { Keys } from "./keys";

/** What a part of the local stack is started with. */
export interface PartOptions {
  /** Folder of all local data; a part keeps its own inside. */
  dataDir: string;
  /** Folder of the logs, one file a part. */
  logDir: string;
  /** Port on the loopback, free a moment ago. */
  port: number;
  keys: Keys;
  progress: Progress;
}

/** A running part: `address` is what its clients need, in the shape of stack.json. */
export interface Part<Address> {
  address: Address;
  /** Process id of the server. */
  pid: number;
  /** Resolves with a sentence when the server ends, asked for or not. */
  ended: Promise<string>;
  /** Ends the server and resolves when it has. */
  stop(): Promise<void>;
}
