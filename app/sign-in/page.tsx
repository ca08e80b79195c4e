import { redirect } from "next/navigation";
import { SignInForm } from "@/components/auth/sign-in-form";
import { safePath } from "@/lib/client/safe-path";
import { getWebEnv } from "@/lib/env";
import { getSession } from "@/lib/services/auth";

export const metadata = { title: "Sign in" };

export default async function Page({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const { next } = await searchParams;
  // A foreign URL here would be an open redirect.
  const safe = safePath(next);
  if (await getSession()) redirect(safe);
  return <SignInForm next={safe} signUpOpen={getWebEnv().ALLOW_SIGNUP} />;
}
