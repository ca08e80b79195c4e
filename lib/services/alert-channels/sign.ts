import { createHmac } from "node:crypto";

/**
 * Signs a webhook body at a time in Unix seconds: `t=<time>,v1=<hex HMAC-SHA256 of "<time>.<body>">`. Signing the time
 * lets a receiver reject replays.
 */
export function signature(secret: string, body: string, time: number): string {
  const mac = createHmac("sha256", secret).update(`${time}.${body}`).digest("hex");
  return `t=${time},v1=${mac}`;
}
