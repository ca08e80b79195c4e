import { createPrivateKey } from "node:crypto";
import { ExportError } from "../../errors";
import type { SnowflakeSecret } from "./schema";

/**
 * The private key as PKCS#8 without a passphrase, as the driver needs it. Opened here, to distinguish a wrong
 * passphrase from a key that Snowflake doesn't know.
 */
export function openKey({ privateKey, passphrase }: SnowflakeSecret): string {
  try {
    const key = createPrivateKey({ key: privateKey ?? "", format: "pem", passphrase: passphrase ?? "" });
    if (key.asymmetricKeyType !== "rsa") throw new Error("not RSA");
    return key.export({ format: "pem", type: "pkcs8" }).toString();
  } catch {
    // The error is not kept as the cause: it may quote the key.
    throw new ExportError({
      code: "bad_credentials",
      message: "The private key can't be read: it isn't an RSA key in PEM format, or the passphrase is wrong.",
      fix: "Enter the key as PKCS#8 (-----BEGIN PRIVATE KEY----- or -----BEGIN ENCRYPTED PRIVATE KEY-----) with its passphrase; then retry the run.",
      retryable: false,
    });
  }
}
