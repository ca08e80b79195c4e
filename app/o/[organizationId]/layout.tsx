import type { ReactNode } from "react";
import { SignedInFrame } from "@/app/_lib/signed-in-frame";
import { ToSignIn } from "@/components/auth/to-sign-in";

interface LayoutProps {
  children: ReactNode;
  params: Promise<{ organizationId: string }>;
}

export default async function OrganizationLayout({ children, params }: LayoutProps) {
  // Only the browser knows the full URL to return to, so the redirect to the sign-in page starts there.
  return (
    <SignedInFrame organizationId={(await params).organizationId} signedOut={<ToSignIn />}>
      {children}
    </SignedInFrame>
  );
}
