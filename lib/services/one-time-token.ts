import { createHash, randomBytes } from "node:crypto";

/** A new secret of a link that works once: 256 random bits. */
export const newToken = () => randomBytes(32).toString("base64url");

/** The stored form of a token. A plain hash suffices: a token has too much entropy to guess. */
export const tokenHash = (token: string) => createHash("sha256").update(token).digest("hex");
