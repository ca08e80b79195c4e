import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { NONCE_HEADER, pagePolicy } from "@/lib/http/page-policy";

/** Gives every page a Content-Security-Policy with its own nonce, which Next puts on the scripts that it writes. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = randomBytes(16).toString("base64");
  const policy = pagePolicy(nonce, process.env.NODE_ENV === "development");
  const headers = new Headers(request.headers);
  headers.set(NONCE_HEADER, nonce);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

// The API and built files have a fixed policy: next.config.ts. The API's reference is a page.
export const config = { matcher: ["/((?!api/|_next/static/).*)", "/api/docs/:path*"] };
