import { ReceiptText, Unlink } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { Run } from "@/lib/schemas/run";

/** What became of a run's receipt. Nothing for a current one, which is as it should be. */
export function ReceiptStatusBadge({ status }: { status: Run["receiptStatus"] }) {
  if (status === "superseded")
    return (
      <Badge title="A later run of the window has replaced its receipt.">
        <ReceiptText aria-hidden /> Superseded
      </Badge>
    );
  if (status === "broken")
    return (
      <Badge tone="bad" title="The destination no longer matches its receipt.">
        <Unlink aria-hidden /> Broken
      </Badge>
    );
  return null;
}
