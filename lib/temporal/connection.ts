import type { TLSConfig } from "@temporalio/client";
import type { DataConverter } from "@temporalio/common";
import { keyRing } from "../crypto/key-ring";
import type { Env } from "../env";
import { EncryptionCodec } from "./codec";

/** How client and worker reach Temporal's frontend. */
export function temporalAddress(env: Env) {
  const tls = tlsOf(env);
  return {
    address: env.TEMPORAL_ADDRESS,
    ...(tls && { tls }),
    ...(env.TEMPORAL_API_KEY !== undefined && { apiKey: env.TEMPORAL_API_KEY }),
  };
}

/** Null for a connection without TLS. */
function tlsOf(env: Env): TLSConfig | null {
  const { TEMPORAL_TLS_CA: ca, TEMPORAL_TLS_CERT: crt, TEMPORAL_TLS_KEY: key, TEMPORAL_TLS_SERVER_NAME: name } = env;
  if (!(env.TEMPORAL_TLS || env.TEMPORAL_API_KEY || ca || crt || name)) return null;
  return {
    ...(ca && { serverRootCACertificate: ca }),
    ...(crt && key && { clientCertPair: { crt, key } }),
    ...(name && { serverNameOverride: name }),
  };
}

/** Encrypts and decrypts the payloads of this installation's namespace. */
export const payloadCodec = (env: Env) =>
  new EncryptionCodec(keyRing(env.ENCRYPTION_KEYS, "payloads"), env.TEMPORAL_NAMESPACE);

/** Encrypts everything sent to Temporal; the same for clients and workers. */
export const dataConverter = (env: Env): DataConverter => ({ payloadCodecs: [payloadCodec(env)] });
