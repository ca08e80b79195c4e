import { Breakable } from "@/components/ui/breakable";
import { Card, Facts } from "@/components/ui/card";
import { formatCount, formatTime } from "@/lib/client/format";
import type { Certificate } from "@/lib/schemas/receipt";

/** What a certificate is about, and its sums. */
export function CertificateFacts({ certificate }: { certificate: Certificate }) {
  const { export: exported, from, to, windows, rows, signedAt } = certificate;
  return (
    <Card className="print:border-0 print:p-0 print:shadow-none">
      <Facts
        className="grid-cols-2 lg:grid-cols-4 print:grid-cols-4"
        items={[
          ["Export", exported.name],
          ["From", formatTime(from)],
          ["To (exclusive)", formatTime(to)],
          ["Issued", formatTime(signedAt)],
          ["Windows expected", formatCount(windows.expected)],
          ["Windows committed", formatCount(windows.committed)],
          ["Rows in committed windows", formatCount(rows)],
          [
            "Export ID",
            <code key="id" className="font-mono text-xs">
              <Breakable text={exported.id} />
            </code>,
          ],
        ]}
      />
    </Card>
  );
}
