import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { parseAllowed } from "../ip/allowed";

const base64Key = /^[a-z0-9_-]{1,16}:[A-Za-z0-9+/]{43}=$/i;

/** The keys that seal what is stored, the current one first. */
export const keyRing = z
  .string({ error: 'is missing: set it to "<key id>:<32 random bytes in base64>"; older keys may follow after commas' })
  .refine(
    (value) => value.split(",").every((key) => base64Key.test(key.trim())),
    'must be "<key id>:<32 random bytes in base64>", several separated by commas, the current one first',
  );

/** A text that has no default; its error says what to set. */
export const required = (example: string) => z.string({ error: `is missing: set it to ${example}` }).min(1, "is empty");

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

/** A file of certificates in PEM; becomes its content. */
export const certificates = z.string().transform((file, ctx) => {
  try {
    const pem = readFileSync(file);
    new X509Certificate(pem);
    return pem;
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === "ENOENT" ? "there is no such file" : (error as Error).message;
    ctx.addIssue(`must be the path of a file with the CA's certificate in PEM, and ${file} is not: ${why}`);
    return z.NEVER;
  }
});
