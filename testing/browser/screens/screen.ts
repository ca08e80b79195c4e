import type { Page } from "@playwright/test";
import type { World } from "./world";

/** A page in one of its states. */
export interface Screen {
  /** Its name in reports and pictures: `export-receipts`. */
  name: string;
  /** Who looks: `nobody` is signed out, `newcomer` owns an organization without exports. The owner by default. */
  as?: "owner" | "viewer" | "newcomer" | "nobody";
  /** The path to open. */
  path: (world: World) => string;
  /** Leads from the path to the state, and waits until it is there. */
  reach?: (page: Page, world: World) => Promise<void>;
  /** Whether only a phone has it. */
  phone?: boolean;
}
