import { createHash, randomBytes } from "node:crypto";
import { getEnv } from "@/lib/env";
import { DAY } from "@/lib/units";

/** A new invitation's secret: 256 random bits. */
export const newToken = () => randomBytes(32).toString("base64url");

/** The stored form of a token. A plain hash suffices: a token has too much entropy to guess. */
export const tokenHash = (token: string) => createHash("sha256").update(token).digest("hex");

/** The link that accepts an invitation. The token is the fragment, which browsers never send, so no server logs it. */
export const invitationLink = (token: string) => `${getEnv().APP_URL.replace(/\/+$/, "")}/invite#${token}`;

const VALID_MS = 7 * DAY;

/** When an invitation sent now expires. */
export const invitationExpiry = () => new Date(Date.now() + VALID_MS);
