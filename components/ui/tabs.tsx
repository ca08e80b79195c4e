"use client";

import { Tabs as Base } from "@base-ui/react/tabs";
import { type ReactNode, Suspense } from "react";
import { cn } from "@/lib/client/cn";
import { TableSkeleton } from "./skeleton";

export interface Tab<T extends string> {
  value: T;
  label: ReactNode;
  content: ReactNode;
}

interface TabsProps<T extends string> {
  tabs: readonly Tab<T>[];
  value: T;
  onChange: (value: T) => void;
  label: string;
  className?: string;
  panelClassName?: string;
}

/** Tabs with panels that are mounted only while shown, so that hidden ones send no requests. */
export function Tabs<T extends string>({ tabs, value, onChange, label, className, panelClassName }: TabsProps<T>) {
  return (
    <Base.Root value={value} onValueChange={(next) => onChange(next as T)} className={className}>
      <Base.List aria-label={label} className="relative flex gap-1 overflow-x-auto border-border border-b px-px">
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className="h-11 shrink-0 whitespace-nowrap rounded-t-md px-3 font-medium text-muted transition-colors hover:text-foreground focus-visible:outline-offset-[-2px] data-active:text-foreground sm:h-10"
          >
            {tab.label}
          </Base.Tab>
        ))}
        <Base.Indicator className="absolute bottom-0 left-0 h-0.5 w-(--active-tab-width) translate-x-(--active-tab-left) rounded-full bg-primary transition-[translate,width] duration-150" />
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value} className={cn("pt-4 outline-none", panelClassName)}>
          {/* A panel whose code is still loading must not hide the tabs, which have the focus. */}
          <Suspense fallback={<TableSkeleton label="Loading" />}>{tab.content}</Suspense>
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
