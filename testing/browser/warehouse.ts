import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";

/** A test's own empty warehouse. */
export interface TestWarehouse {
  /** Its connection's unique name. */
  readonly connectionName: string;
  /** Fills in a new connection to it, in the wizard or on its own page. */
  fill(page: Page): Promise<void>;
  /** The row count of one of its tables, from the warehouse itself. */
  count(table: string): Promise<number>;
  remove(): Promise<void>;
}

/** The log of a browser-test stand-in, next to the stack's logs. */
export const logOf = (name: string): string => join(process.env.PENSTOCK_LOG_DIR ?? tmpdir(), `browser-${name}.log`);
