import type { ReactNode } from "react";
import { SignedInFrame } from "@/app/_lib/signed-in-frame";
import { ToSignIn } from "@/components/auth/to-sign-in";

export default function AppLayout({ children }: { children: ReactNode }) {
  // Only the browser knows the full URL to return to, so the redirect to the sign-in page starts there.
  return <SignedInFrame signedOut={<ToSignIn />}>{children}</SignedInFrame>;
}
