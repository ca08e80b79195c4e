"use client";

import { useQuery } from "@tanstack/react-query";
import { Download, Printer } from "lucide-react";
import { parseAsString, useQueryStates } from "nuqs";
import { PageHeader } from "@/components/app/page-header";
import { BackLink } from "@/components/ui/back-link";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { ErrorState } from "@/components/ui/states";
import { downloadJson } from "@/lib/client/download";
import { certificateQuery } from "@/lib/client/queries";
import { usePageTitle } from "@/lib/client/use-page-title";
import type { Certificate } from "@/lib/schemas/receipt";
import { CertificateFacts } from "./certificate-facts";
import { CertificateFindings } from "./certificate-findings";
import { CertificateSignature } from "./certificate-signature";
import { CertificateWindows } from "./certificate-windows";
import { certificateFile } from "./file";

const RANGE = { from: parseAsString.withDefault(""), to: parseAsString.withDefault("") };

/** The certificate of the range in the URL, on screen and on paper. */
export function CertificatePage({ exportId }: { exportId: string }) {
  const [range] = useQueryStates(RANGE);
  const certificate = useQuery(certificateQuery(exportId, range));
  usePageTitle(certificate.data && `Certificate of ${certificate.data.export.name}`);
  return (
    <>
      <div className="print:hidden">
        <BackLink href={`/exports/${exportId}?tab=receipts`}>Receipts</BackLink>
      </div>
      {certificate.isPending && <Skeleton label="Loading the certificate" className="h-96 w-full" />}
      {certificate.isError && (
        <ErrorState
          page
          title="There’s no certificate for this range"
          error={certificate.error}
          onRetry={certificate.refetch}
        />
      )}
      {certificate.data && <Issued certificate={certificate.data} />}
    </>
  );
}

function Issued({ certificate }: { certificate: Certificate }) {
  return (
    <article>
      <PageHeader
        title="Certificate"
        description={`Which windows of the export “${certificate.export.name}” are committed, stated by Penstock and signed`}
        actions={<Actions certificate={certificate} />}
      />
      <div className="flex flex-col gap-6 print:block print:space-y-6">
        <CertificateFindings certificate={certificate} />
        <CertificateFacts certificate={certificate} />
        <CertificateWindows items={certificate.items} />
        <CertificateSignature certificate={certificate} />
      </div>
    </article>
  );
}

function Actions({ certificate }: { certificate: Certificate }) {
  const { name, text } = certificateFile(certificate);
  return (
    <div className="flex gap-2 print:hidden">
      <Button onClick={() => window.print()}>
        <Printer aria-hidden /> Print
      </Button>
      <Button variant="primary" onClick={() => downloadJson(name, text)}>
        <Download aria-hidden /> Download
      </Button>
    </div>
  );
}
