import { Card, Facts } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { formatCount, formatTime } from "@/lib/client/format";
import { canonicalJson } from "@/lib/receipts/canonical";
import type { ChainHead } from "@/lib/schemas/receipt";
import { CopiedHash } from "./copied-hash";
import { PublicKeysLink } from "./public-keys-link";

/** The signed end of an export's chain, to keep elsewhere. */
export function ChainHeadCard({ head }: { head: ChainHead }) {
  return (
    <Card
      title="Head of the chain"
      description="Keep a copy outside Penstock. It shows whether the end of the chain was cut off later."
    >
      <Facts
        className="grid-cols-2"
        items={[
          ["Last number", formatCount(head.sequence)],
          ["Signed at", formatTime(head.signedAt)],
          ["Hash", <CopiedHash key="hash" value={head.sha256} label="Copy the hash of the last link" />],
          ["Signing key", <CopiedHash key="key" value={head.signature.kid} label="Copy the key ID" />],
        ]}
      />
      <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        <CopyButton text={canonicalJson(head)} label="Copy the head" withLabel />
        <PublicKeysLink />
      </div>
    </Card>
  );
}
