import type { Payload, PayloadCodec, SerializationContext } from "@temporalio/common";
import proto from "@temporalio/proto";
import type { KeyRing } from "../crypto/key-ring";
import { open, seal } from "../crypto/seal";
import { kindOfWorkflow } from "./contract";

const PayloadMessage = proto.temporal.api.common.v1.Payload;
const ENCODING = "binary/encrypted";
/** The field of a payload's metadata that names its key. */
export const KEY_ID = "encryption-key-id";
/** The field with a payload's form of AAD; earlier versions wrote none. */
const FORM = "encryption-form";
/** The field with the kind of workflow that a payload is sealed for; part of the AAD. */
const KIND = "encryption-kind";
const TO_NAMESPACE = "2";
const TO_KIND = "3";
const UNBOUND_AAD = "temporal-payload";

const text = (value: string) => new TextEncoder().encode(value);
const said = (bytes: Uint8Array | null | undefined) => Buffer.from(bytes ?? []).toString();

/**
 * Details that Temporal's server itself writes for an activity canceled before a worker gets it. Source: Temporal's
 * workflow_task_completed_handler.go.
 */
const SERVERS_OWN = ['"ACTIVITY_ID_NOT_STARTED"', '"ACTIVITY_ID_UNKNOWN"'];

/** Whether Penstock has encrypted a payload. */
export const isEncrypted = ({ metadata }: Payload): boolean => said(metadata?.encoding) === ENCODING;

/**
 * Encrypts every Temporal payload with AES-256-GCM under the key ring's current key, bound to the namespace and the
 * kind of its workflow, and decrypts payloads of older keys and earlier versions. Refuses unencrypted payloads and
 * those of another kind: anyone who can reach Temporal could start workflows with them. The kind follows from the
 * workflow's id, because the SDK gives a codec no type; a payload without a workflow, like a schedule's memo, has none.
 */
export class EncryptionCodec implements PayloadCodec {
  constructor(
    private readonly ring: KeyRing,
    private readonly namespace: string,
  ) {}

  async encode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    const kind = kindOf(context);
    return payloads.map((payload) => {
      const { keyId, data } = seal(this.ring, PayloadMessage.encode(payload).finish(), this.#aad(TO_KIND, kind));
      const fields = { encoding: ENCODING, [KEY_ID]: keyId, [FORM]: TO_KIND, [KIND]: kind };
      return { metadata: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, text(value)])), data };
    });
  }

  async decode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    const expected = kindOf(context);
    return payloads.map((payload) => {
      const { encoding, [KEY_ID]: keyId, [FORM]: form, [KIND]: kind } = payload.metadata ?? {};
      const data = Buffer.from(payload.data ?? []);
      if (isEncrypted(payload)) {
        const isOthers = said(form) === TO_KIND && expected !== "" && said(kind) !== "" && said(kind) !== expected;
        if (isOthers) throw new Error("The payload was encrypted for another kind of workflow.");
        return PayloadMessage.decode(open(this.ring, { keyId: said(keyId), data }, this.#aad(said(form), said(kind))));
      }
      if (said(encoding) === "json/plain" && SERVERS_OWN.includes(data.toString())) return payload;
      throw new Error("The payload wasn't encrypted by Penstock.");
    });
  }

  #aad(form: string, kind: string): string {
    if (form === TO_KIND) return `${UNBOUND_AAD} ${this.namespace} ${kind}`;
    return form === TO_NAMESPACE ? `${UNBOUND_AAD} ${this.namespace}` : UNBOUND_AAD;
  }
}

const kindOf = (context: SerializationContext | undefined) =>
  context?.workflowId === undefined ? "" : kindOfWorkflow(context.workflowId);
