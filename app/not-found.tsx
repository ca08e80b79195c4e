import { Compass } from "lucide-react";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/states";

export const metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-lg flex-col justify-center p-4">
      <EmptyState
        icon={<Compass aria-hidden />}
        title="There is no such page"
        action={
          <ButtonLink href="/exports" variant="primary">
            To the exports
          </ButtonLink>
        }
      >
        It may have been deleted, or the address has a slip in it.
      </EmptyState>
    </main>
  );
}
