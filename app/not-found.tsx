import { Compass } from "lucide-react";
import { SignedInFrame } from "@/app/_lib/signed-in-frame";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/states";

export const metadata = { title: "Not found" };

/** Keeps the app's frame for users who are signed in. */
export default function NotFound() {
  const alone = (
    <main className="mx-auto flex min-h-dvh max-w-lg flex-col justify-center p-4">
      <NoPage />
    </main>
  );
  return (
    <SignedInFrame signedOut={alone}>
      <NoPage />
    </SignedInFrame>
  );
}

const NoPage = () => (
  <EmptyState
    icon={<Compass aria-hidden />}
    title="Page not found"
    action={
      <ButtonLink href="/exports" variant="primary">
        Go to exports
      </ButtonLink>
    }
  >
    It may have been deleted, or the link is mistyped.
  </EmptyState>
);
