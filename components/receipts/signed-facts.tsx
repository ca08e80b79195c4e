import { ShieldCheck } from "lucide-react";
import { useMemo } from "react";
import { reasonWords } from "@/components/runs/trigger-words";
import { Button } from "@/components/ui/button";
import { Facts } from "@/components/ui/card";
import { formatCount, formatTime, plural } from "@/lib/client/format";
import type { ReceiptV2 } from "@/lib/fields/receipt";
import { CopiedHash } from "./copied-hash";
import { hashOf } from "./file";

interface SignedFactsProps {
  receipt: ReceiptV2;
  onOpenRun: (id: string) => void;
}

const KEPT = {
  objects: "In the bucket and in Penstock",
  api: "In Penstock only",
};

/** Who signed a receipt and where it is in its export's chain. */
export function SignedFacts({ receipt, onOpenRun }: SignedFactsProps) {
  const { sequence, previous, supersedes, genesis, committedAt, chain, signature } = receipt;
  const hash = useMemo(() => hashOf(receipt), [receipt]);
  return (
    <section aria-labelledby="signed" className="rounded-xl border border-border p-3.5">
      <h3 id="signed" className="mb-3 flex items-center gap-2 font-semibold">
        <ShieldCheck className="size-4.5 text-ok" aria-hidden /> Signed
      </h3>
      <Facts
        className="grid-cols-2"
        items={[
          ["Number in the chain", formatCount(sequence)],
          ["Committed at", formatTime(committedAt)],
          ["Hash", <CopiedHash key="hash" value={hash} label="Copy the hash" />],
          [
            "Previous hash",
            previous ? (
              <CopiedHash key="previous" value={previous} label="Copy the previous hash" />
            ) : (
              "None: this is the first"
            ),
          ],
          ["Signing key", <CopiedHash key="key" value={signature.kid} label="Copy the key ID" />],
          ["The chain is kept", KEPT[chain]],
        ]}
      />
      {supersedes && <Supersedes supersedes={supersedes} onOpenRun={onOpenRun} />}
      {genesis && (
        <p className="mt-3 border-border border-t pt-3 text-muted">
          The chain begins here. {plural(genesis.receipts, "receipt")} from before receipts were signed{" "}
          {genesis.receipts === 1 ? "is" : "are"} named by one hash, which this receipt includes.
        </p>
      )}
    </section>
  );
}

interface SupersedesProps {
  supersedes: NonNullable<ReceiptV2["supersedes"]>;
  onOpenRun: (id: string) => void;
}

/** The receipt of the same window that this one replaces. */
function Supersedes({ supersedes: { runId, sha256, reason }, onOpenRun }: SupersedesProps) {
  return (
    <div className="mt-3 flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-border border-t pt-3">
      <div>
        <p className="text-muted text-xs">Supersedes</p>
        {sha256 && <CopiedHash value={sha256} label="Copy the hash of the superseded receipt" />}
        <p>An earlier receipt of this window. Reason: {reasonWords(reason).toLowerCase()}.</p>
      </div>
      <Button size="sm" onClick={() => onOpenRun(runId)}>
        Open the earlier run
      </Button>
    </div>
  );
}
