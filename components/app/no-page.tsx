import { Compass } from "lucide-react";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/states";

export const NoPage = () => (
  <EmptyState
    page
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
