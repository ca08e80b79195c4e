import { Compass } from "lucide-react";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/states";

export const NoPage = () => (
  <EmptyState
    icon={<Compass aria-hidden />}
    title="This page doesn’t exist"
    action={
      <ButtonLink href="/exports" variant="primary">
        Go to exports
      </ButtonLink>
    }
  >
    It was deleted, or the link is mistyped.
  </EmptyState>
);
