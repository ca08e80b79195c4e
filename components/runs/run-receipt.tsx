"use client";

import { useQuery } from "@tanstack/react-query";
import { BadgeCheck, Download, ReceiptText, TriangleAlert } from "lucide-react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState, ErrorState } from "@/components/ui/states";
import { formatBytes, formatCount, plural } from "@/lib/client/format";
import { receiptQuery } from "@/lib/client/queries";
import type { Receipt } from "@/lib/fields/receipt";
import type { Run } from "@/lib/schemas/run";
import { ReceiptNotes } from "./receipt-notes";
import { ReceiptTables } from "./receipt-tables";

/** What a completed run proves: as a sentence, by table, and as the original receipt. */
export function RunReceipt({ run, onOpenRun }: { run: Run; onOpenRun: (id: string) => void }) {
  const receipt = useQuery({ ...receiptQuery(run.id), enabled: run.state === "Completed" });
  if (run.state !== "Completed")
    return (
      <EmptyState icon={<ReceiptText aria-hidden />} title="No receipt">
        A run writes its receipt last, once everything is committed. Until then nothing of it counts.
      </EmptyState>
    );
  if (receipt.isPending) return <Skeleton className="h-56 w-full" />;
  if (receipt.isError)
    return <ErrorState title="The receipt can't be loaded" error={receipt.error} onRetry={receipt.refetch} />;
  const later = run.supersededBy;
  return (
    <div className="flex flex-col gap-4">
      {later && <Outdated onOpenLater={() => onOpenRun(later)} />}
      <Shown receipt={receipt.data} />
    </div>
  );
}

function Shown({ receipt }: { receipt: Receipt }) {
  const text = JSON.stringify(receipt, null, 2);
  return (
    <>
      <Proof receipt={receipt} />
      {receipt.tables && <ReceiptTables tables={receipt.tables} />}
      <ReceiptNotes receipt={receipt} />
      <div className="overflow-hidden rounded-xl border border-border">
        <div className="flex items-center justify-between gap-2 border-border border-b bg-sunken py-1 pr-1 pl-3">
          <span className="text-muted text-xs">Receipt, version {receipt.version}</span>
          <span className="flex">
            <CopyButton text={text} label="Copy the receipt" />
            <Button
              variant="ghost"
              size="icon"
              aria-label="Download the receipt"
              onClick={() => download(`receipt-${receipt.runId}.json`, text)}
            >
              <Download className="text-muted" aria-hidden />
            </Button>
          </span>
        </div>
        <pre className="max-h-[28rem] overflow-auto whitespace-pre-wrap break-all p-3 font-mono text-xs leading-5">
          {text}
        </pre>
      </div>
    </>
  );
}

/** A later run of the same window has rewritten it or started to overwrite its files. */
function Outdated({ onOpenLater }: { onOpenLater: () => void }) {
  return (
    <div className="flex gap-3 rounded-xl bg-warn-soft p-3.5">
      <TriangleAlert className="mt-0.5 size-5 shrink-0 text-warn" aria-hidden />
      <div>
        <p className="font-medium text-warn">A later run replaced this receipt.</p>
        <p>
          It says what this run wrote, but some of its files may be gone. See the later run for what the window holds.
        </p>
        <Button size="sm" className="mt-2.5" onClick={onOpenLater}>
          Open the later run
        </Button>
      </div>
    </div>
  );
}

function Proof({ receipt }: { receipt: Receipt }) {
  const equal = receipt.source.rows === receipt.rows;
  const Icon = equal ? BadgeCheck : TriangleAlert;
  return (
    <div className={`flex gap-3 rounded-xl p-3.5 ${equal ? "bg-ok-soft" : "bg-bad-soft"}`}>
      <Icon className={`mt-0.5 size-5 shrink-0 ${equal ? "text-ok" : "text-bad"}`} aria-hidden />
      <div>
        <p className={`font-medium ${equal ? "text-ok" : "text-bad"}`}>
          {equal ? "Complete" : "Not complete"}: {plural(receipt.source.rows, "row")} in the source,{" "}
          {formatCount(receipt.rows)} exported
        </p>
        <p className="mt-0.5 text-muted">
          {plural(receipt.files.length, "file")}, {formatBytes(receipt.bytes)}. Rows were counted from the bytes that
          were sent; the query in the receipt asks the source again.
        </p>
      </div>
    </div>
  );
}

function download(name: string, text: string) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
