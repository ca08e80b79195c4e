"use client";

import { CircleAlert, RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { ApiError } from "@/lib/client/api";
import { cn } from "@/lib/client/cn";
import { Button } from "./button";

interface EmptyProps {
  icon: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
  /** Whether it is all that its page shows: its title is then the page's heading. */
  page?: boolean;
}

/** The placeholder for an empty page: its purpose and the next step. */
export function EmptyState({ icon, title, children, action, className, page = false }: EmptyProps) {
  const Heading = page ? "h1" : "h2";
  return (
    <div
      className={cn(
        "flex flex-col items-center rounded-xl border border-border-strong border-dashed px-6 py-12 text-center",
        className,
      )}
    >
      <div className="mb-3 flex size-11 items-center justify-center rounded-xl bg-primary-soft text-primary [&_svg]:size-5">
        {icon}
      </div>
      <Heading className="font-semibold">{title}</Heading>
      {children && <div className="mt-1 max-w-md text-balance text-muted">{children}</div>}
      {action && <div className="mt-4">{action}</div>}
    </div>
  );
}

/** Whether the ID in the address of a page is malformed, which is what makes a request for it a bad one. */
const isBadLink = (error: Error) => error instanceof ApiError && error.code === "bad_request";

interface ErrorProps {
  title: string;
  error: Error;
  onRetry?: () => void;
  /** Whether it is all that its page shows: its title is then the page's heading. */
  page?: boolean;
}

/** The placeholder for failed loading: the reason and a retry. */
export function ErrorState({ title, error, onRetry, page = false }: ErrorProps) {
  const Heading = page ? "h1" : "p";
  return (
    <div role="alert" className="flex flex-col items-start gap-3 rounded-xl border border-bad-solid/40 bg-bad-soft p-4">
      <div className="flex gap-2.5">
        <CircleAlert className="mt-0.5 size-4 shrink-0 text-bad" aria-hidden />
        <div>
          <Heading className="font-medium text-bad">{title}</Heading>
          <p className="mt-0.5 text-foreground">{isBadLink(error) ? "This link isn’t valid." : error.message}</p>
        </div>
      </div>
      {onRetry && !isBadLink(error) && (
        <Button size="sm" onClick={() => onRetry()}>
          <RotateCw aria-hidden /> Try again
        </Button>
      )}
    </div>
  );
}
