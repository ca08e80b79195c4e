import { generateKeyPairSync, randomBytes } from "node:crypto";

/** A new key pair of a Snowflake user, with an encrypted private key. */
export function makeUserKey(): { privateKey: string; passphrase: string; publicKey: string } {
  const passphrase = randomBytes(12).toString("hex");
  const { privateKey, publicKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase },
  });
  return { privateKey, passphrase, publicKey };
}

/** A new key file of a Google service account, with the public key. */
export function makeServiceAccountKey(): { file: string; publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const file = JSON.stringify({
    type: "service_account",
    client_email: "penstock@penstock-test.iam.gserviceaccount.com",
    private_key: privateKey.export({ type: "pkcs8", format: "pem" }),
    private_key_id: randomBytes(20).toString("hex"),
    token_uri: "https://169.254.169.254/token",
  });
  return { file, publicKey: publicKey.export({ type: "spki", format: "pem" }).toString() };
}
