import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";

/** A warehouse of a test's own, with nothing in it. */
export interface TestWarehouse {
  /** The name of its connection, which no other has. */
  readonly connectionName: string;
  /** Fills in the fields of a new connection to it, in the wizard or on its own page. */
  fill(page: Page): Promise<void>;
  /** How many rows a table of it holds, asked of the warehouse itself. */
  count(table: string): Promise<number>;
  remove(): Promise<void>;
}

/** Where a stand-in of the browser tests writes its log: beside the stack's own. */
export const logOf = (name: string): string => join(process.env.PENSTOCK_LOG_DIR ?? tmpdir(), `browser-${name}.log`);
