"use client";

import { PageHeader } from "@/components/app/page-header";
import { ErrorState } from "@/components/ui/states";
import { DropZone } from "./drop-zone";
import { ReportView } from "./report-view";
import { useReport } from "./use-report";

/** Checks receipts and files in the browser. Needs no sign-in, and sends nothing. */
export function VerifyPage() {
  const { report, error, keysName, verify, setKeys } = useReport();
  return (
    <main className="mx-auto flex min-h-dvh max-w-4xl flex-col gap-5 px-4 py-8 sm:px-6">
      <PageHeader
        title="Verify receipts"
        description="Receipts and files are checked in this page. Nothing leaves your browser."
      />
      <DropZone keysName={keysName} onGiven={verify} onKeys={setKeys} />
      {error && <ErrorState title="Couldn’t read the files" error={error} />}
      {report && <ReportView report={report} />}
    </main>
  );
}
