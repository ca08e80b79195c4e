import { getEnv } from "@/lib/env";
import { DAY } from "@/lib/units";

/** The link that accepts an invitation. The token is the fragment, which browsers never send, so no server logs it. */
export const invitationLink = (token: string) => `${getEnv().APP_URL.replace(/\/+$/, "")}/invite#${token}`;

const VALID_MS = 7 * DAY;

/** When an invitation sent now expires. */
export const invitationExpiry = () => new Date(Date.now() + VALID_MS);
