import { Card } from "@/components/ui/card";
import { CopyLine } from "@/components/ui/copy-line";
import { formatCount } from "@/lib/client/format";
import type { Certificate } from "@/lib/schemas/receipt";
import { PublicKeysLink } from "./public-keys-link";

/** By what a certificate is verified: its signature, and the end of the chain when it was issued. */
export function CertificateSignature({ certificate: { chain, signature } }: { certificate: Certificate }) {
  return (
    <Card
      className="break-inside-avoid print:border-0 print:p-0 print:shadow-none"
      title="Signature"
      description="An Ed25519 signature of the downloaded file, in canonical JSON (RFC 8785) without its member “signature”."
    >
      <div className="flex flex-col gap-3">
        <CopyLine label="Key ID" value={signature.kid} copyLabel="Copy the key ID" />
        <CopyLine label="Signature" value={signature.value} copyLabel="Copy the signature" />
        {chain ? (
          <CopyLine
            label={`Head of the chain: number ${formatCount(chain.sequence)}, hash`}
            value={chain.sha256}
            copyLabel="Copy the hash of the chain’s head"
          />
        ) : (
          <p className="text-muted">This export has no signed receipt yet, so this certificate has no chain.</p>
        )}
        <PublicKeysLink />
      </div>
    </Card>
  );
}
