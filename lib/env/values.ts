import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { parseAllowed } from "../ip/allowed";

const base64Key = /^[a-z0-9_-]{1,16}:[A-Za-z0-9+/]{43}=$/i;

/** The keys that seal what is stored, the current one first. */
export const keyRing = z
  .string({ error: 'Missing. Set it to "<key id>:<32 random bytes in base64>". Older keys can follow after commas.' })
  .refine(
    (value) => value.split(",").every((key) => base64Key.test(key.trim())),
    'Must be "<key id>:<32 random bytes in base64>". Separate several with commas, the current one first.',
  );

/** A text that has no default; its error says what to set. */
export const required = (example: string) =>
  z.string({ error: `Missing. Set it to ${example}.` }).min(1, "Must not be empty.");

/** The origin of pages: scheme, host, and port, and nothing else. */
export const origin = z
  .url({ protocol: /^https?$/, error: "Must be an origin like https://host." })
  .refine(
    (value) => new URL(value).origin === value,
    "Must be an origin like https://host, without a path or a slash at the end.",
  );

/** `true` or `false`; without it `false`. */
export const flag = z
  .enum(["true", "false"])
  .transform((value) => value === "true")
  .default(false);

/** How many of something an organization may have. */
export const quota = (usual: number) => z.coerce.number().int().min(1).default(usual);

/** For how many days something is kept. */
export const days = (least: number, usual: number) => z.coerce.number().int().min(least).max(3650).default(usual);

/** Hosts as `parseAllowed` reads them; without it none. */
export const hosts = z
  .string()
  .superRefine((value, ctx) => {
    try {
      parseAllowed(value);
    } catch (error) {
      ctx.addIssue({ code: "custom", message: (error as Error).message });
    }
  })
  .default("");

/** A file in PEM that `read` accepts; becomes its content. `read` throws an error that says what is wrong. */
const pemFile = (what: string, read: (pem: Buffer) => void) =>
  z.string().transform((file, ctx) => {
    try {
      const pem = readFileSync(file);
      read(pem);
      return pem;
    } catch (error) {
      ctx.addIssue(`Must be the path of a PEM file with ${what}. ${file} can't be used: ${whyNot(error)}.`);
      return z.NEVER;
    }
  });

function whyNot(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOENT") return "the file doesn't exist";
  if (code === "ERR_OSSL_UNSUPPORTED") return "it contains no private key";
  return message;
}

/** A file of CA certificates. */
export const certificates = pemFile("the CA's certificate", (pem) => void new X509Certificate(pem));

/** A file with the certificate that Penstock identifies itself by, and those between it and its CA. */
export const clientCertificate = pemFile("the client's certificate", (pem) => {
  const { validFromDate, validToDate } = new X509Certificate(pem);
  const now = new Date();
  if (validToDate < now) throw new Error(`the certificate expired at ${validToDate.toISOString()}`);
  if (validFromDate > now) throw new Error(`the certificate is not valid until ${validFromDate.toISOString()}`);
});

/** A file with a private key. */
export const privateKey = pemFile("the client's private key", (pem) => {
  if (/ENCRYPTED/.test(pem.toString())) throw new Error("the key in it is encrypted; store it without a passphrase");
  createPrivateKey(pem);
});
