import { SignedInFrame } from "@/app/_lib/signed-in-frame";
import { NoPage } from "@/components/app/no-page";

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
