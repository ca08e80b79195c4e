import { createHash, randomBytes } from "node:crypto";
import { getEnv } from "@/lib/env";
import { DAY } from "@/lib/units";

/** A new invitation's secret: 256 random bits. */
export const newToken = () => randomBytes(32).toString("base64url");

/** What of a token is stored. A plain hash is enough: a token has too many bits to be guessed. */
export const tokenHash = (token: string) => createHash("sha256").update(token).digest("hex");

/** The link that accepts an invitation. The token is its fragment, which no browser sends, so no server's log has it. */
export const invitationLink = (token: string) => `${getEnv().APP_URL.replace(/\/+$/, "")}/invite#${token}`;

const VALID_MS = 7 * DAY;

/** Until when an invitation that is sent now can be accepted. */
export const invitationExpiry = () => new Date(Date.now() + VALID_MS);
