"use client";

import { useQuery } from "@tanstack/react-query";
import { BadgeCheck, Download, ReceiptText, TriangleAlert, Unlink } from "lucide-react";
import { CheckReceipt } from "@/components/receipts/check-receipt";
import { indented, receiptFile } from "@/components/receipts/file";
import { RowAccount } from "@/components/receipts/row-account";
import { SignedFacts } from "@/components/receipts/signed-facts";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState, ErrorState } from "@/components/ui/states";
import { downloadJson } from "@/lib/client/download";
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
        A run writes its receipt last, once everything is committed. Until then, nothing it wrote counts.
      </EmptyState>
    );
  if (receipt.isPending) return <Skeleton className="h-56 w-full" />;
  if (receipt.isError)
    return <ErrorState title="Couldn’t load the receipt" error={receipt.error} onRetry={receipt.refetch} />;
  const later = run.supersededBy;
  return (
    <div className="flex flex-col gap-4">
      {later && <Outdated onOpenLater={() => onOpenRun(later)} />}
      {run.receiptStatus === "broken" && <Broken />}
      <Shown receipt={receipt.data} onOpenRun={onOpenRun} />
    </div>
  );
}

function Shown({ receipt, onOpenRun }: { receipt: Receipt; onOpenRun: (id: string) => void }) {
  return (
    <>
      <Proof receipt={receipt} />
      {receipt.version === 2 && <SignedFacts receipt={receipt} onOpenRun={onOpenRun} />}
      {receipt.version === 2 && <RowAccount tables={receipt.accounting} rows={receipt.rows} />}
      {receipt.tables && <ReceiptTables tables={receipt.tables} />}
      <ReceiptNotes receipt={receipt} />
      {receipt.version === 2 && <CheckReceipt receipt={receipt} />}
      <Original receipt={receipt} />
    </>
  );
}

/** The receipt itself: indented to read, and as its exact bytes to copy and to download. */
function Original({ receipt }: { receipt: Receipt }) {
  const { name, text } = receiptFile(receipt);
  return (
    <div className="overflow-hidden rounded-xl border border-border">
      <div className="flex items-center justify-between gap-2 border-border border-b bg-sunken py-1 pr-1 pl-3">
        <span className="text-muted text-xs">
          Receipt, version {receipt.version}
          {receipt.version === 2 && ". Indented here; copies and downloads have its exact bytes."}
        </span>
        <span className="flex">
          <CopyButton text={text} label="Copy the receipt" />
          <Button
            variant="ghost"
            size="icon"
            aria-label="Download the receipt"
            title="Download the receipt"
            onClick={() => downloadJson(name, text)}
          >
            <Download className="text-muted" aria-hidden />
          </Button>
        </span>
      </div>
      <section
        aria-label="The receipt, indented"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable regions must be reachable by keyboard
        tabIndex={0}
        className="max-h-[28rem] overflow-auto"
      >
        <pre className="whitespace-pre-wrap break-all p-3 font-mono text-xs leading-5">{indented(receipt)}</pre>
      </section>
    </div>
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

/** An audit has found that files or rows of the receipt are gone or different. */
function Broken() {
  return (
    <div className="flex gap-3 rounded-xl bg-bad-soft p-3.5">
      <Unlink className="mt-0.5 size-5 shrink-0 text-bad" aria-hidden />
      <div>
        <p className="font-medium text-bad">The destination no longer matches this receipt.</p>
        <p>The checks of this window say what is missing or has changed at the destination.</p>
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
