import { queryOptions } from "@tanstack/react-query";
import { askAuth } from "./api";

/** Signs in; throws `ApiError` with a message that doesn't reveal which of the two was wrong. */
export const signIn = (login: { email: string; password: string }) => askAuth("POST", "sign-in/email", login);

export const signOut = () => askAuth("POST", "sign-out", {});

/** The signed-in person's email address, with or without an organization; null if nobody is signed in. */
export const signedInQuery = () =>
  queryOptions({
    queryKey: ["get-session"],
    queryFn: async () => {
      const session = (await askAuth("GET", "get-session")) as { user: { email: string } } | null;
      return session?.user.email ?? null;
    },
    retry: false,
  });
