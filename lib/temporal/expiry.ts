import { X509Certificate } from "node:crypto";
import { DAY } from "../units";

/** How long before a certificate expires it is time to renew it, in ms; a short-lived one's is a third of its life. */
const AHEAD = 14 * DAY;

/** A sentence for a client certificate that expires soon; otherwise null. */
export function expiryWarning(certificate: Uint8Array, now: Date): string | null {
  const { validFromDate: from, validToDate: to } = new X509Certificate(certificate);
  const left = to.getTime() - now.getTime();
  if (left > Math.min(AHEAD, (to.getTime() - from.getTime()) / 3)) return null;
  const verb = left > 0 ? "expires" : "expired";
  return `The certificate in TEMPORAL_TLS_CERT ${verb} at ${to.toISOString()}. Renew it, and restart web and workers.`;
}
