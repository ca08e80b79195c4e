import type { DataConverter } from "@temporalio/common";
import { keyRing } from "../crypto/key-ring";
import type { Env } from "../env";
import { EncryptionCodec } from "./codec";

/** How client and worker reach Temporal's frontend. */
export const temporalAddress = (env: Env) => ({
  address: env.TEMPORAL_ADDRESS,
  ...((env.TEMPORAL_TLS || env.TEMPORAL_API_KEY !== undefined) && { tls: true }),
  ...(env.TEMPORAL_API_KEY !== undefined && { apiKey: env.TEMPORAL_API_KEY }),
});

/** Encrypts everything sent to Temporal; the same for clients and workers. */
export const dataConverter = (env: Env): DataConverter => ({
  payloadCodecs: [new EncryptionCodec(keyRing(env.ENCRYPTION_KEYS, "payloads"), env.TEMPORAL_NAMESPACE)],
});
