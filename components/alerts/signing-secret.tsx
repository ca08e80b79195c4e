"use client";

import { SecretOnce } from "@/components/settings/secret-once";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { DialogBody, DialogFooter } from "@/components/ui/dialog";

const VERIFY = `import { createHmac, timingSafeEqual } from "node:crypto";

// header: the value of x-penstock-signature; body: the request's bytes as they came.
export function isFromPenstock(header, body, secret) {
  const { t, v1 = "" } = Object.fromEntries(header.split(",").map((part) => part.split("=")));
  const expected = createHmac("sha256", secret).update(\`\${t}.\${body}\`).digest("hex");
  const fresh = Math.abs(Date.now() / 1000 - Number(t)) < 300;
  return fresh && v1.length === expected.length && timingSafeEqual(Buffer.from(v1), Buffer.from(expected));
}`;

/** The secret that signs a webhook's calls, and how to verify a signature. */
export function SigningSecret({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <>
      <DialogBody className="flex flex-col gap-4">
        <SecretOnce
          label="Signing secret"
          value={secret}
          note="It’s shown only once. If you lose it, delete the channel and add it again."
        />
        <p className="text-muted">
          Every request has <code className="font-mono text-xs">x-penstock-signature: t=…,v1=…</code>: the time in
          seconds, and the HMAC-SHA256 of the time, a dot, and the body. Reject requests older than five minutes.
        </p>
        <CodeBlock title="How to check it, in Node.js" text={VERIFY} copyLabel="Copy the code" />
      </DialogBody>
      <DialogFooter>
        <Button variant="primary" onClick={onClose}>
          I have copied it
        </Button>
      </DialogFooter>
    </>
  );
}
