// Signing in and out, and the session or API key behind a request.
export { appOrigins } from "./auth";
export { type Authenticated, authenticate } from "./authenticate";
export { getMe } from "./me";
export { membershipOf, projectIdsOf } from "./membership";
export { getSession, type Session } from "./session";
export { forgetTries, signIn } from "./sign-in";
export { signOut } from "./sign-out";
export { signedIn } from "./signed-in";
