import { z } from "zod";

/**
 * The fields of a service account's key file that Penstock uses. It ignores all others, above all `token_uri` and
 * `universe_domain`: the file's author could point them anywhere.
 */
export const keyFileSchema = z.object({
  type: z.literal("service_account", {
    error: "Must be the key of a service account: its “type” is different.",
  }),
  client_email: z
    .string({ error: "The key file has no client_email." })
    .max(320)
    .regex(
      /^[a-z0-9][a-z0-9-]*@[a-z0-9.-]+\.gserviceaccount\.com$/,
      "The key file's client_email isn't a service account's.",
    ),
  private_key: z
    .string({ error: "The key file has no private_key." })
    .regex(
      /^-----BEGIN (?:RSA )?PRIVATE KEY-----\s[\s\S]+-----END (?:RSA )?PRIVATE KEY-----\s*$/,
      "The key file's private_key isn't in PEM format.",
    ),
  private_key_id: z
    .string()
    .max(128)
    .regex(/^[A-Za-z0-9]*$/, "The key file's private_key_id isn't valid.")
    .default(""),
});

export type KeyFile = z.infer<typeof keyFileSchema>;

/** Parses a key file's text; `problem` says what is wrong with it and repeats nothing of it. */
export function readKeyFile(text: string): { key: KeyFile } | { problem: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { problem: "Must be the JSON of a key file, as Google provides it." };
  }
  const read = keyFileSchema.safeParse(json);
  if (read.success) return { key: read.data };
  return { problem: read.error.issues[0]?.message ?? "Not a key file." };
}
