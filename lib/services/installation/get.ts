import { getDb, type Tx } from "@/lib/db/client";
import type { InstallationRow } from "@/lib/db/rows";
import { installation } from "@/lib/db/schema";
import { DECISIONS, type Decision, type HoldReason } from "@/lib/fields/installation";
import type { Installation } from "@/lib/schemas/installation";
import type { Actor } from "@/lib/services/access";
import { lockInstallation } from "./raise";

/** Where Temporal belongs to another installation, a new id would change nothing. */
export const choicesOf = (reason: HoldReason): Decision[] =>
  DECISIONS.filter((decision) => reason !== "foreign" || decision !== "separate");

/** Converts the installation to API form. */
export function toInstallation({ id, hold, decided, recovery, recoveredAt }: InstallationRow): Installation {
  return {
    id,
    hold,
    decided: decided && { decision: decided.decision, by: decided.by, at: decided.at },
    choices: hold ? choicesOf(hold.reason) : [],
    recovery,
    recoveredAt: recoveredAt?.toISOString() ?? null,
  };
}

/** Whether this installation waits for a decision, and what came of the last one. Permission: `installation.manage`. */
export const getInstallation = (_: Actor): Promise<Installation> => readInstallation();

/** The same for the command line. */
export const readInstallation = (): Promise<Installation> =>
  getDb().transaction(async (tx) => toInstallation(await lockInstallation(tx)));

/** Whether nothing runs until an operator decides. For everyone who is signed in. */
export async function isHeld(db: Tx = getDb()): Promise<boolean> {
  const [row] = await db.select({ hold: installation.hold }).from(installation);
  return (row?.hold ?? null) !== null;
}
