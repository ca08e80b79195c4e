"use client";

import NextLink from "next/link";
import type { ComponentProps } from "react";
import { usePathIn } from "@/lib/client/workspace";

/** A link to a page of the app. A path like `/exports` leads to this workspace's. */
export function Link({ href, ...props }: Omit<ComponentProps<typeof NextLink>, "href"> & { href: string }) {
  return <NextLink href={usePathIn()(href)} {...props} />;
}
