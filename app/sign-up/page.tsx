import { redirect } from "next/navigation";
import { SignUpPage } from "@/components/auth/sign-up-page";
import { getWebEnv } from "@/lib/env";
import { getSession } from "@/lib/services/auth";

export const metadata = { title: "Create an account" };

export default async function Page() {
  if (await getSession()) redirect("/exports");
  return <SignUpPage open={getWebEnv().ALLOW_SIGNUP} />;
}
