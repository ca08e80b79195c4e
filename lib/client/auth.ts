import { queryOptions } from "@tanstack/react-query";
import { askAuth } from "./api";

/** Signs in; throws `ApiError` with a sentence that doesn't say which of the two was wrong. */
export const signIn = (login: { email: string; password: string }) => askAuth("POST", "sign-in/email", login);

/** Ends the session. */
export const signOut = () => askAuth("POST", "sign-out", {});

/** The mail address of the person who is signed in, with or without an organization; null when nobody is. */
export const signedInQuery = () =>
  queryOptions({
    queryKey: ["get-session"],
    queryFn: async () => {
      const session = (await askAuth("GET", "get-session")) as { user: { email: string } } | null;
      return session?.user.email ?? null;
    },
    retry: false,
  });
