import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { atBase } from "@/lib/base-path";
import { getWebEnv } from "@/lib/env";

const COOKIE = "penstock.device";
const YEAR_SECONDS = 365 * 86_400;

/**
 * Signs a browser's id for an account. It grants no access: it only shows that the browser has signed in to the account
 * before.
 */
const markOf = (id: string, email: string) =>
  createHmac("sha256", getWebEnv().AUTH_SECRET).update(`penstock/device ${id} ${email}`).digest("base64url");

/** Returns the browser's id if it has signed in to this account before, otherwise null. */
export function knownDevice(headers: Headers, email: string): string | null {
  const cookies = (headers.get("cookie") ?? "").split(/;\s*/);
  const value = cookies.find((each) => each.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
  const [id = "", mark = ""] = value?.split(".") ?? [];
  const [given, wanted] = [Buffer.from(mark), Buffer.from(markOf(id, email))];
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? id : null;
}

/** The cookie that identifies a browser that has signed in to an account. */
export function deviceCookie(email: string, known: string | null): string {
  const id = known ?? randomUUID();
  const secure = getWebEnv().APP_URL.startsWith("https:") ? "; Secure" : "";
  return `${COOKIE}=${id}.${markOf(id, email)}; Path=${atBase("/api/auth")}; Max-Age=${YEAR_SECONDS}; HttpOnly; SameSite=Lax${secure}`;
}
