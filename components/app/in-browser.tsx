"use client";

import type { ReactNode } from "react";
import { useHydrated } from "@/lib/client/use-hydrated";
import { PageSkeleton } from "./project-context";

/**
 * A page that the server can't render: its form accepts no input before it runs in the browser, and may start with a
 * draft that only the browser has.
 */
export const InBrowser = ({ children }: { children: ReactNode }) => (useHydrated() ? children : <PageSkeleton />);
