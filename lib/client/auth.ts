import { api } from "./api";

/** Signs in; throws `ApiError` with a sentence that doesn't say which of the two was wrong. */
export const signIn = (login: { email: string; password: string }) =>
  api<unknown>("/auth/sign-in/email", { method: "POST", body: login });

/** Ends the session. */
export const signOut = () => api<unknown>("/auth/sign-out", { method: "POST", body: {} });

/** The mail address of whoever is signed in, with or without an organization; null when nobody is. */
export const signedInAs = async () =>
  (await api<{ user: { email: string } } | null>("/auth/get-session"))?.user.email ?? null;
