import { and, asc, desc, eq, gt, lt, sql } from "drizzle-orm";
import { z } from "zod";
import { getDb } from "@/lib/db/client";
import { documentsOfRun } from "@/lib/db/documents-of-run";
import type { ReceiptLinkRow } from "@/lib/db/rows";
import { receiptLinks, runDocuments, runs } from "@/lib/db/schema";
import type { List } from "@/lib/fields/common";
import type { ChainLink } from "@/lib/fields/receipt";
import { inCanonicalOrder } from "@/lib/receipts/canonical";
import type { ChainItem } from "@/lib/schemas/receipt";
import type { Actor } from "@/lib/services/access";
import { loadExport } from "@/lib/services/exports";
import { decodeCursor, page } from "@/lib/services/paging";

const keySchema = z.tuple([z.number().int()]);

/** Links per page with their documents, each of which may list thousands of files. */
const MOST_DOCUMENTS = 50;

interface ListChain {
  exportId: string;
  limit: number;
  cursor?: string | undefined;
  order?: "oldest" | "newest";
  documents?: "true" | "false";
}

/** Lists the links of an export's chain from either end, with the links themselves if asked for. */
export async function listChain(actor: Actor, input: ListChain): Promise<List<ChainItem>> {
  const exported = await loadExport(actor, input.exportId);
  const last = input.cursor === undefined ? null : decodeCursor(keySchema, input.cursor)[0];
  const [beyond, ordered] = input.order === "newest" ? [lt, desc] : [gt, asc];
  const hasDocuments = input.documents === "true";
  const limit = hasDocuments ? Math.min(input.limit, MOST_DOCUMENTS) : input.limit;
  const document = hasDocuments
    ? sql<ChainLink | null>`coalesce(${receiptLinks.document}, ${runDocuments.receipt})`
    : sql<null>`null`;
  const rows = await getDb()
    .select({ link: receiptLinks, document })
    .from(receiptLinks)
    .innerJoin(runs, eq(runs.id, receiptLinks.runId))
    .leftJoin(runDocuments, documentsOfRun)
    .where(and(eq(receiptLinks.exportId, exported.id), last === null ? undefined : beyond(receiptLinks.sequence, last)))
    .orderBy(ordered(receiptLinks.sequence))
    .limit(limit + 1);
  return page(
    rows,
    limit,
    (row) => ({
      ...toItem(row.link),
      ...(hasDocuments && { document: row.document && inCanonicalOrder(row.document) }),
    }),
    (row) => [row.link.sequence],
  );
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
