import { createPrivateKey, X509Certificate } from "node:crypto";
import type { z } from "zod";

interface ClientKeyPair {
  TEMPORAL_TLS_CERT?: Buffer | undefined;
  TEMPORAL_TLS_KEY?: Buffer | undefined;
}

/** Refuses a client certificate without its key, a key without its certificate, and two that don't belong together. */
export function requireClientKeyPair(env: ClientKeyPair, ctx: z.RefinementCtx): void {
  const { TEMPORAL_TLS_CERT: cert, TEMPORAL_TLS_KEY: key } = env;
  const refuse = (variable: keyof ClientKeyPair, message: string) =>
    ctx.addIssue({ code: "custom", path: [variable], message });
  if (cert && !key) refuse("TEMPORAL_TLS_KEY", "Missing. Set it to the path of the private key of TEMPORAL_TLS_CERT.");
  if (key && !cert) refuse("TEMPORAL_TLS_CERT", "Missing. Set it to the path of the certificate of TEMPORAL_TLS_KEY.");
  if (cert && key && !new X509Certificate(cert).checkPrivateKey(createPrivateKey(key)))
    refuse("TEMPORAL_TLS_KEY", "Not the private key of the certificate in TEMPORAL_TLS_CERT.");
}
