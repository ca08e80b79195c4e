import { and, asc, desc, eq, gt, lt } from "drizzle-orm";
import { z } from "zod";
import { getDb } from "@/lib/db/client";
import type { ReceiptLinkRow } from "@/lib/db/rows";
import { receiptLinks } from "@/lib/db/schema";
import type { List } from "@/lib/fields/common";
import type { ChainItem } from "@/lib/schemas/receipt";
import type { Actor } from "@/lib/services/access";
import { loadExport } from "@/lib/services/exports";
import { decodeCursor, page } from "@/lib/services/paging";

const keySchema = z.tuple([z.number().int()]);

/** Lists the links of an export's chain from either end, without their bodies. */
export async function listChain(
  actor: Actor,
  input: { exportId: string; limit: number; cursor?: string | undefined; order?: "oldest" | "newest" },
): Promise<List<ChainItem>> {
  const exported = await loadExport(actor, input.exportId);
  const last = input.cursor === undefined ? null : decodeCursor(keySchema, input.cursor)[0];
  const [beyond, ordered] = input.order === "newest" ? [lt, desc] : [gt, asc];
  const rows = await getDb()
    .select()
    .from(receiptLinks)
    .where(and(eq(receiptLinks.exportId, exported.id), last === null ? undefined : beyond(receiptLinks.sequence, last)))
    .orderBy(ordered(receiptLinks.sequence))
    .limit(input.limit + 1);
  return page(rows, input.limit, toItem, ({ sequence }) => [sequence]);
}

const toItem = (link: ReceiptLinkRow): ChainItem => ({
  sequence: link.sequence,
  type: link.type,
  runId: link.runId,
  sha256: link.sha256,
  previous: link.previous,
  intervalStart: link.intervalStart.toISOString(),
  intervalEnd: link.intervalEnd.toISOString(),
  supersedes: link.supersedes,
  voids: link.voids,
  voidedBy: link.voidedBy,
  signedAt: link.signedAt.toISOString(),
});
