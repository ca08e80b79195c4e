"use client";

import {
  cloneElement,
  createContext,
  type HTMLAttributes,
  type ReactElement,
  type ReactNode,
  use,
  useState,
} from "react";
import { toast } from "@/lib/client/toast";

type Parts = typeof import("./menu-parts");

const load = (): Promise<Parts> => import("./menu-parts");

/** A closer pointer or the focus announces a click. If this fails, the click tries again. */
const loadAhead = () => void load().catch(() => undefined);

const PartsContext = createContext<Parts | null>(null);

/** The parts, which are there whenever a menu shows what is in it. */
function useParts(): Parts {
  const parts = use(PartsContext);
  if (!parts) throw new Error("Menu items need a Menu around them");
  return parts;
}

export interface MenuProps {
  trigger: ReactElement<HTMLAttributes<HTMLElement>>;
  children: ReactNode;
  align?: "start" | "end";
  side?: "top" | "bottom";
}

/**
 * A list of actions that opens from `trigger`, one button. What draws it is large and every page has menus, so it is
 * loaded before the first one opens; the click that asked for it counts.
 */
export function Menu({ trigger, children, ...place }: MenuProps) {
  const [parts, setParts] = useState<Parts | null>(null);
  if (parts)
    return (
      <PartsContext value={parts}>
        <parts.Menu trigger={trigger} {...place}>
          {children}
        </parts.Menu>
      </PartsContext>
    );
  const open = () =>
    load().then(setParts, () => toast.error("Couldn’t load this menu. Check your connection and try again."));
  return cloneElement(trigger, {
    "aria-haspopup": "menu",
    "aria-expanded": false,
    onClick: open,
    onPointerEnter: loadAhead,
    onFocus: loadAhead,
  });
}

export interface MenuItemProps {
  onSelect: () => void;
  children: ReactNode;
  danger?: boolean;
  disabled?: boolean;
}

export function MenuItem(props: MenuItemProps) {
  const parts = useParts();
  return <parts.MenuItem {...props} />;
}

export interface MenuLinkProps {
  href: string;
  children: ReactNode;
}

export function MenuLink(props: MenuLinkProps) {
  const parts = useParts();
  return <parts.MenuLink {...props} />;
}

export function MenuSeparator() {
  const parts = useParts();
  return <parts.MenuSeparator />;
}

export interface MenuRadioGroupProps {
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
}

/** A radio group inside a menu. */
export function MenuRadioGroup(props: MenuRadioGroupProps) {
  const parts = useParts();
  return <parts.MenuRadioGroup {...props} />;
}

export interface MenuRadioItemProps {
  value: string;
  children: ReactNode;
}

export function MenuRadioItem(props: MenuRadioItemProps) {
  const parts = useParts();
  return <parts.MenuRadioItem {...props} />;
}
