/** Every form that a secret may take: plain, base64 at any offset, hex, URL-encoded, in JSON. */
function needles(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const base64 = [0, 1, 2].flatMap((offset) => {
    const all = Buffer.concat([Buffer.alloc(offset), bytes]);
    // The first and last characters mix with the bytes around the secret; those in between are always the same.
    const from = Math.ceil((offset * 8) / 6);
    const to = Math.floor((all.length * 8) / 6);
    return [all.toString("base64").slice(from, to), all.toString("base64url").slice(from, to)];
  });
  const hex = bytes.toString("hex");
  const inJson = JSON.stringify(secret).slice(1, -1);
  return [...new Set([secret, ...base64, hex, hex.toUpperCase(), encodeURIComponent(secret), inJson])];
}

/** The names of the secrets that a text contains in any form. */
export const secretsIn = (text: string, secrets: Record<string, string>): string[] =>
  Object.entries(secrets)
    .filter(([, secret]) => needles(secret).some((needle) => text.includes(needle)))
    .map(([name]) => name);
