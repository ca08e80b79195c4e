import { NativeConnection } from "@temporalio/worker";
import type { Env } from "@/lib/env";
import { getLogger } from "@/lib/services/logger";
import { temporalAddress } from "@/lib/temporal/connection";
import { expiryWarning } from "@/lib/temporal/expiry";
import { tlsFault } from "@/lib/temporal/tls-fault";
import { HOUR } from "@/lib/units";

/** Warns now and every hour while the client certificate expires soon. The web app has the same one. */
export function watchCertificate({ TEMPORAL_TLS_CERT: certificate }: Env): void {
  if (!certificate) return;
  const look = () => {
    const warning = expiryWarning(certificate, new Date());
    if (warning !== null) getLogger().warn(warning);
  };
  look();
  setInterval(look, HOUR).unref();
}

/** Connects to Temporal. If certificates prevent it, the error says which variable to set. */
export async function connectToTemporal(env: Env): Promise<NativeConnection> {
  try {
    return await NativeConnection.connect(temporalAddress(env));
  } catch (error) {
    const fault = await tlsFault(env);
    throw fault === null ? error : new Error(fault, { cause: error });
  }
}
