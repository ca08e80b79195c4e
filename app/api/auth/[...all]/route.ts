import { readJson } from "@/app/api/_lib/body";
import { errorResponse, NO_STORE } from "@/app/api/_lib/errors";
import { requireSameOrigin } from "@/app/api/_lib/origin";
import { validate } from "@/app/api/_lib/validation";
import { notFound } from "@/lib/errors";
import { signInSchema } from "@/lib/schemas/me";
import { originOf } from "@/lib/services/access";
import { signedIn, signIn, signOut } from "@/lib/services/auth";
import { countRequest } from "@/lib/services/rate-limits";

interface Answer {
  body: unknown;
  cookies?: string[];
}

/**
 * The exposed part of better-auth. Its other endpoints would change people and sessions without the permission table
 * and the audit log; our own routes replace the ones we need.
 */
const OPEN: Record<string, (request: Request) => Promise<Answer>> = {
  "POST sign-in/email": async (request) => {
    const login = validate(signInSchema, await readJson(request));
    return { body: { ok: true }, cookies: await signIn(login, request.headers) };
  },
  "POST sign-out": async ({ headers }) => ({ body: { ok: true }, cookies: await signOut(headers) }),
  "GET get-session": async ({ headers }) => {
    const found = await signedIn(headers);
    return { body: found && { user: { email: found.email } } };
  },
};

async function handle(request: Request): Promise<Response> {
  try {
    await countRequest(originOf(request.headers));
    if (request.method !== "GET") requireSameOrigin(request.headers);
    const name = new URL(request.url).pathname.replace(/^.*\/api\/auth\//, "");
    const open = OPEN[`${request.method} ${name}`];
    if (!open) throw notFound("address");
    const { body, cookies = [] } = await open(request);
    const response = Response.json(body, { headers: NO_STORE });
    for (const cookie of cookies) response.headers.append("set-cookie", cookie);
    return response;
  } catch (error) {
    return errorResponse(error);
  }
}

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT };
