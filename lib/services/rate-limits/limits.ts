const MINUTE = 60;

export interface Limit {
  /** Allowed uses per `seconds`. */
  points: number;
  seconds: number;
  /** The sentence before "Try again in …". */
  words: string;
}

const tries = "Too many sign-in attempts.";
const outbound = "Too many requests to other servers.";
const invitations = "Too many attempts with invitations.";
const resets = "Too many attempts to reset a password.";

/** Limits kept in PostgreSQL, shared by all web processes: guesses at secrets, and outbound requests. */
export const LIMITS = {
  /** Wrong passwords for one account from one address. */
  "sign-in-pair": { points: 10, seconds: 15 * MINUTE, words: tries },
  /**
   * Wrong passwords for one account from browsers that have never signed in to it: more addresses allow no more
   * guesses.
   */
  "sign-in-account": { points: 100, seconds: 15 * MINUTE, words: tries },
  /** Wrong passwords for one account from a browser that has signed in to it before: others can't lock it out. */
  "sign-in-device": { points: 10, seconds: 15 * MINUTE, words: tries },
  /** Wrong passwords from one address, for any account. */
  "sign-in-address": { points: 50, seconds: 15 * MINUTE, words: tries },
  /** Wrong current passwords of a signed-in person. */
  password: { points: 10, seconds: 15 * MINUTE, words: "Too many attempts to change the password." },
  invitation: { points: 100, seconds: 15 * MINUTE, words: invitations },
  /** Reset links for one email address, so that nobody's mailbox is flooded. */
  "reset-request": { points: 5, seconds: 60 * MINUTE, words: "Too many password resets for this email address." },
  /** Requested reset links from one address, for any email address. */
  "reset-address": { points: 100, seconds: 60 * MINUTE, words: resets },
  /** Uses of reset links from one address. */
  "reset-link": { points: 300, seconds: 15 * MINUTE, words: resets },
  "sign-up": { points: 30, seconds: 60 * MINUTE, words: "Too many sign-ups from your IP address." },
  connect: { points: 60, seconds: 10 * MINUTE, words: outbound },
  mail: { points: 60, seconds: 60 * MINUTE, words: "Too many invitations." },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof LIMITS;

/** Operations with their own limit, in addition to the one for all requests. */
export const LIMITED_OPERATIONS: Partial<Record<string, LimitName>> = {
  lookUpInvitation: "invitation",
  acceptInvitation: "invitation",
  requestPasswordReset: "reset-address",
  lookUpPasswordReset: "reset-link",
  resetPassword: "reset-link",
  signUp: "sign-up",
  testConnection: "connect",
  verifyConnection: "connect",
  verifySource: "connect",
  testAlertChannel: "connect",
  invite: "mail",
  resendInvitation: "mail",
};
