import { generate, type SelfsignedOptions } from "selfsigned";
import { DAY } from "@/lib/units";

/** A certificate and its private key, both in PEM. */
export interface Pair {
  cert: string;
  key: string;
}

const make = async (name: string, options: SelfsignedOptions): Promise<Pair> => {
  const attributes = [{ name: "commonName", value: name }];
  const { cert, private: key } = await generate(attributes, { keyType: "ec", algorithm: "sha256", ...options });
  return { cert, key };
};

/** A CA that nobody trusts by itself. */
export const makeCa = (): Promise<Pair> =>
  make("A test's CA", {
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });

/** A certificate that a CA signs, for a host's name or, without one, for 127.0.0.1. */
export function signedBy(ca: Pair, { host = "", isExpired = false } = {}): Promise<Pair> {
  const altName = host ? { type: 2 as const, value: host } : { type: 7 as const, ip: "127.0.0.1" };
  const days = (count: number) => new Date(Date.now() + count * DAY);
  return make("A test's certificate", {
    ca,
    extensions: [{ name: "subjectAltName", altNames: [altName] }],
    ...(isExpired && { notBeforeDate: days(-2), notAfterDate: days(-1) }),
  });
}
