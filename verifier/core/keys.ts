import { signedText } from "../../lib/receipts/canonical";
import { fromBase64url, hexBytes, sha256Hex, toBase64url, utf8 } from "./bytes";
import { messageOf, type Reporter } from "./finding";
import { type Jwk, keySet } from "./shapes/key-set";
import type { Tools } from "./tools";

/** A key's ID by RFC 7638: the members that make the key, sorted, without whitespace. */
const thumbprint = (tools: Tools, x: string): string =>
  toBase64url(hexBytes(sha256Hex(tools, utf8(`{"crv":"Ed25519","kty":"OKP","x":${JSON.stringify(x)}}`))));

interface Key extends Pick<Jwk, "kid" | "notBefore" | "notAfter"> {
  bytes: Uint8Array;
}

export interface Signed {
  signature: { alg: string; kid: string; value: string };
}

/** Public keys by ID. */
export class Keys {
  readonly #keys = new Map<string, Key>();

  constructor(
    private readonly tools: Tools,
    /** Only this key counts, if given. */
    private readonly pinned: string | null = null,
  ) {}

  get size(): number {
    return this.#keys.size;
  }

  get ids(): string[] {
    return [...this.#keys.keys()];
  }

  /** Adds the keys of a key set, and reports those that are not what they say. */
  addSet(text: string, reporter: Reporter): void {
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch (error) {
      reporter.wrong("public key", "a key set", messageOf(error));
      return;
    }
    const problem = keySet(parsed, "");
    if (problem) reporter.wrong("public key", "a key set", problem);
    else for (const key of (parsed as { keys: Jwk[] }).keys) this.#add(key, reporter);
  }

  /** A single public key that is valid at any time. */
  addPinned(x: string, reporter: Reporter): void {
    const always = { notBefore: "0000-01-01T00:00:00.000Z", notAfter: null };
    this.#add({ kty: "OKP", crv: "Ed25519", x, kid: thumbprint(this.tools, x), ...always }, reporter);
  }

  #add({ x, kid, notBefore, notAfter }: Jwk, reporter: Reporter): void {
    const bytes = fromBase64url(x, 32);
    if (bytes === null) return void reporter.wrong("public key", "32 bytes in canonical base64url", x);
    if (!reporter.same("public key", thumbprint(this.tools, x), kid)) return;
    if (this.pinned === null || this.pinned === kid) this.#keys.set(kid, { bytes, kid, notBefore, notAfter });
  }

  /** Checks the signature of a statement that was made at a time. */
  check(statement: Signed, at: string, reporter: Reporter): boolean {
    const { kid, value } = statement.signature;
    const signature = fromBase64url(value, 64);
    if (signature === null) return reporter.wrong("signature", "64 bytes in canonical base64url", value);
    if (this.pinned !== null && kid !== this.pinned)
      return reporter.wrong("signature", `signed by ${this.pinned}`, `signed by ${kid}`);
    if (this.size === 0) {
      reporter.unknown("signature", `signed by ${kid}`, "no keys are known. Pass them with --keys");
      return false;
    }
    const key = this.#keys.get(kid);
    if (!key) return reporter.wrong("signature", `signed by ${this.ids.join(" or ")}`, `signed by ${kid}`);
    if (!this.tools.verifies(key.bytes, utf8(signedText(statement)), signature))
      return reporter.wrong("signature", `signed by ${kid}`, "the signature doesn't match these bytes");
    if (at < key.notBefore || (key.notAfter !== null && at > key.notAfter))
      return reporter.wrong("signature", `signed from ${key.notBefore} to ${key.notAfter ?? "now"}`, `signed at ${at}`);
    return reporter.ok("signature", `signed by ${kid}`);
  }
}
