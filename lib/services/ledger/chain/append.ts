import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Db, Tx } from "@/lib/db/client";
import { insertGiven } from "@/lib/db/insert-given";
import type { RunRow } from "@/lib/db/rows";
import { exports, receiptLinks, runs } from "@/lib/db/schema";
import type { SentManifest } from "@/lib/db/schema/runs";
import type { ChainLink, ReceiptV2, VoidLink } from "@/lib/fields/receipt";
import { canonicalJson } from "@/lib/receipts/canonical";
import { linkHash, sha256Of } from "@/lib/receipts/hash";
import { signed } from "@/lib/receipts/keys";
import { documentsWith } from "../documents";
import { genesisOf } from "./genesis";
import type { Chain } from "./lock-chain";

/** What a receipt says before it has a place in a chain. */
export type Statement = Omit<ReceiptV2, "sequence" | "previous" | "genesis" | "committedAt" | "signature">;

/** What a link says of its run. */
export type LinkedRun = Pick<RunRow, "id" | "exportId" | "intervalStart" | "intervalEnd" | "createdAt">;

const placeIn = ({ sequence, head, now }: Chain) => ({
  sequence: sequence + 1,
  previous: head,
  committedAt: now.toISOString(),
});

/** Adds a run's receipt to its export's chain, and stores it. Returns it with its place and signature. */
export async function appendReceipt(tx: Tx, chain: Chain, run: LinkedRun, statement: Statement): Promise<ReceiptV2> {
  const genesis = chain.sequence === 0 ? await genesisOf(tx, run) : undefined;
  const receipt = signed({ ...statement, ...placeIn(chain), ...(genesis && { genesis }) }, await chain.key());
  await save(tx, chain, run, receipt, rowOfReceipt(receipt));
  return receipt;
}

/**
 * The same in one statement with the note that the run's manifest is sent, which saves small windows a transaction.
 * Null, with nothing changed, if the chain is no longer as it was loaded, if its first link has receipts to vouch for,
 * or if `mayCommit`, a condition on `runs`, does not hold.
 */
export async function appendAtOnce(
  db: Db,
  chain: Chain,
  run: LinkedRun,
  { statement, mayCommit, manifest }: { statement: Statement; mayCommit: SQL; manifest: SentManifest },
): Promise<ReceiptV2 | null> {
  const receipt: ReceiptV2 = signed({ ...statement, ...placeIn(chain) }, await chain.key());
  const head = linkHash(receipt);
  const { sequence, head: before } = chain;
  const isSame = and(
    eq(exports.id, run.exportId),
    eq(exports.chainSequence, sequence),
    before === null ? isNull(exports.chainHead) : eq(exports.chainHead, before),
    sequence > 0 ? undefined : isFirst(run.exportId),
  );
  // The export first, as in every transaction. PostgreSQL checks both conditions again on rows that it waited for.
  const locked = db.$with("locked").as(db.select({ id: exports.id }).from(exports).where(isSame).for("no key update"));
  const sealed = db.$with("sealed").as(
    db
      .update(runs)
      .set({ manifest })
      .where(and(eq(runs.id, run.id), mayCommit, sql`exists (select 1 from ${sql.identifier("locked")})`))
      .returning({ id: runs.id }),
  );
  const given = sql.identifier("sealed");
  const links = db
    .$with("links", {})
    .as(insertGiven(receiptLinks, [rowOf(chain, run, receipt, rowOfReceipt(receipt))], sql`${given}`));
  const documents = documentsWith(db, run, { ...stored(receipt), source: receipt.source }, sql`${given}`);
  const [advanced] = await db
    .with(locked, sealed, links, documents)
    .update(exports)
    .set({ chainSequence: receipt.sequence, chainHead: head })
    .where(and(eq(exports.id, run.exportId), sql`exists (select 1 from ${given})`))
    .returning({ id: exports.id });
  return advanced ? receipt : null;
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

/** SQL: whether an export has no receipt that the first link of its chain would have to vouch for. */
const isFirst = (exportId: string) =>
  sql`not exists (select 1 from runs o where o.export_id = ${exportId} and o.state = 'Completed')`;

const rowOfReceipt = (receipt: ReceiptV2): Further => ({
  rows: receipt.rows,
  supersedes: receipt.supersedes,
  askedAt: new Date(receipt.source.askedAt),
  compared: receipt.compared,
  hasObject: receipt.chain === "objects",
});

const stored = (receipt: ReceiptV2) => ({ receipt, receiptSha256: sha256Of(canonicalJson(receipt)) });

function rowOf(chain: Chain, run: LinkedRun, link: ChainLink, further: Further) {
  const { sequence, previous, type, signature } = link;
  const { id: runId, exportId, intervalStart, intervalEnd } = run;
  return {
    ...{ exportId, sequence, runId, type, sha256: linkHash(link), previous, kid: signature.kid },
    ...{ intervalStart, intervalEnd, signedAt: chain.now, ...further },
  };
}

async function save(tx: Tx, chain: Chain, run: LinkedRun, link: ChainLink, further: Further): Promise<Chain> {
  const row = rowOf(chain, run, link, further);
  const { sequence, sha256: head } = row;
  const always = sql`(select 1) always`;
  const links = tx.$with("links", {}).as(insertGiven(receiptLinks, [row], always));
  const documents = link.type === "receipt" ? [documentsWith(tx, run, stored(link), always)] : [];
  await tx
    .with(links, ...documents)
    .update(exports)
    .set({ chainSequence: sequence, chainHead: head })
    .where(eq(exports.id, run.exportId));
  return { ...chain, sequence, head };
}
