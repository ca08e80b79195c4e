import { createHmac } from "node:crypto";

/**
 * The signature of a webhook's body at a time in Unix seconds: `t=<time>,v1=<hex HMAC-SHA256 of "<time>.<body>">`. The time
 * is signed too, so that a receiver can refuse a body that somebody sends again later.
 */
export function signature(secret: string, body: string, time: number): string {
  const mac = createHmac("sha256", secret).update(`${time}.${body}`).digest("hex");
  return `t=${time},v1=${mac}`;
}
