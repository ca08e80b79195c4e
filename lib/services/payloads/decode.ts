import type { Payload, PayloadCodec } from "@temporalio/common";
import { getEnv, getWebEnv } from "@/lib/env";
import { AppError, notFound } from "@/lib/errors";
import type { JsonPayload, JsonPayloads } from "@/lib/schemas/payload";
import { isBearer } from "@/lib/services/bearer";
import { isEncrypted } from "@/lib/temporal/codec";
import { payloadCodec } from "@/lib/temporal/connection";

/** Whether a request has the token of command lines. */
export function hasCodecToken(headers: Headers): boolean {
  const { TEMPORAL_CODEC_TOKEN } = getWebEnv();
  return TEMPORAL_CODEC_TOKEN !== undefined && isBearer(headers.get("authorization"), TEMPORAL_CODEC_TOKEN);
}

/** Throws a 403 for payloads of another namespace, which Temporal's tools name in a header. */
export function requireOwnNamespace(headers: Headers): void {
  const { TEMPORAL_NAMESPACE: own } = getEnv();
  if ((headers.get("x-namespace") ?? own) === own) return;
  throw new AppError("forbidden", "Penstock only decodes payloads of the namespace in TEMPORAL_NAMESPACE.", 403);
}

/**
 * Decrypts payloads of this installation's namespace. Others, and those whose key is gone, come back as they are: one
 * of them must not keep the rest of a page from being shown. Throws a 404 unless TEMPORAL_UI_ORIGIN or
 * TEMPORAL_CODEC_TOKEN is set.
 */
export async function decodePayloads({ payloads }: JsonPayloads): Promise<JsonPayloads> {
  const { TEMPORAL_UI_ORIGIN, TEMPORAL_CODEC_TOKEN } = getWebEnv();
  if (TEMPORAL_UI_ORIGIN === undefined && TEMPORAL_CODEC_TOKEN === undefined) throw notFound("address");
  const codec = payloadCodec(getEnv());
  return { payloads: await Promise.all(payloads.map((payload) => decoded(codec, payload))) };
}

async function decoded(codec: PayloadCodec, given: JsonPayload): Promise<JsonPayload> {
  const payload = fromJson(given);
  if (!isEncrypted(payload)) return given;
  try {
    const [open = payload] = await codec.decode([payload]);
    return toJson(open);
  } catch {
    return given;
  }
}

const fromJson = ({ metadata = {}, data = "" }: JsonPayload): Payload => ({
  metadata: Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name, Buffer.from(value, "base64")])),
  data: Buffer.from(data, "base64"),
});

const base64 = (bytes: Uint8Array | null | undefined) => Buffer.from(bytes ?? []).toString("base64");

const toJson = ({ metadata, data }: Payload): JsonPayload => ({
  metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([name, value]) => [name, base64(value)])),
  data: base64(data),
});
