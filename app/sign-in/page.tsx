import { redirect } from "next/navigation";
import { SignInForm } from "@/components/auth/sign-in-form";
import { getSession } from "@/lib/services/auth/session";

export const metadata = { title: "Sign in" };

export default async function Page({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  if (await getSession()) redirect("/exports");
  const { next } = await searchParams;
  // Only a place inside the app: a foreign address here would be a trap.
  const safe = typeof next === "string" && /^\/(?![/\\])/.test(next) ? next : "/exports";
  return <SignInForm next={safe} />;
}
