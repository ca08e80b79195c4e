import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { insertGiven } from "@/lib/db/insert-given";
import type { RunRow } from "@/lib/db/rows";
import { exports, receiptLinks } from "@/lib/db/schema";
import type { ChainLink, ReceiptV2, VoidLink } from "@/lib/fields/receipt";
import { canonicalJson } from "@/lib/receipts/canonical";
import { linkHash, sha256Of } from "@/lib/receipts/hash";
import { signed } from "@/lib/receipts/keys";
import { documentsWith } from "../documents";
import { genesisOf } from "./genesis";
import type { Chain } from "./lock-chain";

/** What a receipt says before it has a place in a chain. */
export type Statement = Omit<ReceiptV2, "sequence" | "previous" | "genesis" | "committedAt" | "signature">;

type LinkedRun = Pick<RunRow, "id" | "exportId" | "intervalStart" | "intervalEnd" | "createdAt">;

const placeIn = ({ sequence, head, now }: Chain) => ({
  sequence: sequence + 1,
  previous: head,
  committedAt: now.toISOString(),
});

/** Adds a run's receipt to its export's chain, and stores it. Returns it with its place and signature. */
export async function appendReceipt(tx: Tx, chain: Chain, run: LinkedRun, statement: Statement): Promise<ReceiptV2> {
  const genesis = chain.sequence === 0 ? await genesisOf(tx, run) : undefined;
  const receipt = signed({ ...statement, ...placeIn(chain), ...(genesis && { genesis }) }, await chain.key());
  await save(tx, chain, run, receipt, {
    rows: receipt.rows,
    supersedes: receipt.supersedes,
    askedAt: new Date(receipt.source.askedAt),
    compared: receipt.compared,
    hasObject: receipt.chain === "objects",
  });
  return receipt;
}

/** Adds a link which says that another one is void. Returns the chain as it is then. */
export async function appendVoid(
  tx: Tx,
  chain: Chain,
  run: LinkedRun,
  { link, reason }: { link: { sequence: number; sha256: string; hasObject: boolean }; reason: string },
): Promise<Chain> {
  const { sequence, sha256, hasObject } = link;
  const statement: Omit<VoidLink, "signature"> = {
    version: 2,
    type: "void",
    exportId: run.exportId,
    runId: run.id,
    ...placeIn(chain),
    voids: { sequence, sha256, reason },
  };
  const voiding = signed(statement, await chain.key());
  return save(tx, chain, run, voiding, { rows: 0, voids: sequence, hasObject, document: voiding });
}

type Further = Omit<
  typeof receiptLinks.$inferInsert,
  | "exportId"
  | "sequence"
  | "runId"
  | "type"
  | "sha256"
  | "previous"
  | "kid"
  | "intervalStart"
  | "intervalEnd"
  | "signedAt"
>;

async function save(tx: Tx, chain: Chain, run: LinkedRun, link: ChainLink, further: Further): Promise<Chain> {
  const { sequence, previous, type, signature } = link;
  const head = linkHash(link);
  const { id: runId, exportId, intervalStart, intervalEnd } = run;
  const row = {
    ...{ exportId, sequence, runId, type, sha256: head, previous, kid: signature.kid, intervalStart, intervalEnd },
    ...{ signedAt: chain.now, ...further },
  };
  const always = sql`(select 1) always`;
  const links = tx.$with("links", {}).as(insertGiven(receiptLinks, [row], always));
  const stored =
    link.type === "receipt"
      ? [documentsWith(tx, run, { receipt: link, receiptSha256: sha256Of(canonicalJson(link)) }, always)]
      : [];
  await tx
    .with(links, ...stored)
    .update(exports)
    .set({ chainSequence: sequence, chainHead: head })
    .where(eq(exports.id, exportId));
  return { ...chain, sequence, head };
}
