import type { Payload, PayloadCodec } from "@temporalio/common";
import proto from "@temporalio/proto";
import type { KeyRing } from "../crypto/key-ring";
import { open, seal } from "../crypto/seal";

const PayloadMessage = proto.temporal.api.common.v1.Payload;
const ENCODING = "binary/encrypted";
/** The field of a payload's metadata that names its key. */
export const KEY_ID = "encryption-key-id";
const AAD = "temporal-payload";

const text = (value: string) => new TextEncoder().encode(value);

/** Encrypts every Temporal payload with AES-256-GCM under the key ring's current key, and opens those of older keys. */
export class EncryptionCodec implements PayloadCodec {
  constructor(private readonly ring: KeyRing) {}

  async encode(payloads: Payload[]): Promise<Payload[]> {
    return payloads.map((payload) => {
      const { keyId, data } = seal(this.ring, PayloadMessage.encode(payload).finish(), AAD);
      return { metadata: { encoding: text(ENCODING), [KEY_ID]: text(keyId) }, data };
    });
  }

  async decode(payloads: Payload[]): Promise<Payload[]> {
    return payloads.map((payload) => {
      const { encoding, [KEY_ID]: keyId } = payload.metadata ?? {};
      if (!encoding || Buffer.from(encoding).toString() !== ENCODING) return payload;
      const sealed = { keyId: Buffer.from(keyId ?? []).toString(), data: Buffer.from(payload.data ?? []) };
      return PayloadMessage.decode(open(this.ring, sealed, AAD));
    });
  }
}
