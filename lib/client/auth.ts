import { createAuthClient } from "better-auth/react";

/** Signing in and out; all else about sessions is the server's. */
export const authClient = createAuthClient({ basePath: "/api/auth" });
