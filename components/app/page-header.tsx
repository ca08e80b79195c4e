"use client";

import type { ReactNode } from "react";
import { useFocusAfterNavigation } from "@/lib/client/use-focus-after-navigation";

interface PageHeaderProps {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
}

/** A page's heading, description, and actions. */
export function PageHeader({ title, description, actions }: PageHeaderProps) {
  const heading = useFocusAfterNavigation<HTMLHeadingElement>();
  return (
    <div className="mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <h1 ref={heading} tabIndex={-1} className="font-semibold text-xl tracking-tight outline-none">
          {title}
        </h1>
        {description && <div className="mt-1 text-muted">{description}</div>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </div>
  );
}
