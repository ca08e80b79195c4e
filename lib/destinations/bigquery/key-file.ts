import { z } from "zod";

/**
 * The fields of a service account's key file that Penstock uses. It ignores all others, above all `token_uri` and
 * `universe_domain`: the file's author could point them anywhere.
 */
export const keyFileSchema = z.object({
  type: z.literal("service_account", {
    error: "must be the key of a service account: its “type” is another one",
  }),
  client_email: z
    .string({ error: "lacks client_email" })
    .max(320)
    .regex(/^[a-z0-9][a-z0-9-]*@[a-z0-9.-]+\.gserviceaccount\.com$/, "has a client_email that is no service account's"),
  private_key: z
    .string({ error: "lacks private_key" })
    .regex(
      /^-----BEGIN (?:RSA )?PRIVATE KEY-----\s[\s\S]+-----END (?:RSA )?PRIVATE KEY-----\s*$/,
      "has a private_key that is no PEM",
    ),
  private_key_id: z
    .string()
    .max(128)
    .regex(/^[A-Za-z0-9]*$/, "has a private_key_id that is none")
    .default(""),
});

export type KeyFile = z.infer<typeof keyFileSchema>;

/** Parses a key file's text; `problem` says what is wrong with it and repeats nothing of it. */
export function readKeyFile(text: string): { key: KeyFile } | { problem: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { problem: "must be the JSON of a key file, as Google gives it" };
  }
  const read = keyFileSchema.safeParse(json);
  if (read.success) return { key: read.data };
  return { problem: read.error.issues[0]?.message ?? "is no key file" };
}
