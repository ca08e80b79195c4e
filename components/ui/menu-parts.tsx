"use client";

import { Menu as Base } from "@base-ui/react/menu";
import { cn } from "@/lib/client/cn";
import { Link } from "./link";
import type { MenuItemProps, MenuLinkProps, MenuProps, MenuRadioGroupProps, MenuRadioItemProps } from "./menu";
import { popupStyle } from "./popup-style";

const menuItem =
  "flex min-h-11 cursor-default select-none items-center gap-2 rounded-lg px-2.5 text-sm outline-none data-disabled:opacity-50 data-highlighted:bg-sunken sm:min-h-8 [&_svg]:size-4 [&_svg]:text-muted";

// What menus consist of, loaded with the first one: see menu.tsx.

/** An open list of actions below `trigger`, which opens it again later. */
export function Menu({ trigger, children, align = "end", side = "bottom" }: MenuProps) {
  return (
    <Base.Root defaultOpen>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} side={side} className="z-60">
          <Base.Popup className={cn(popupStyle, "min-w-44")}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export function MenuItem({ onSelect, children, danger, disabled }: MenuItemProps) {
  return (
    <Base.Item onClick={onSelect} disabled={disabled} className={cn(menuItem, danger && "text-bad [&_svg]:text-bad")}>
      {children}
    </Base.Item>
  );
}

export function MenuLink({ href, children }: MenuLinkProps) {
  return (
    <Base.LinkItem render={<Link href={href} />} className={menuItem} closeOnClick>
      {children}
    </Base.LinkItem>
  );
}

export function MenuSeparator() {
  return <Base.Separator className="my-1 h-px bg-border" />;
}

export function MenuRadioGroup(props: MenuRadioGroupProps) {
  return (
    <Base.RadioGroup value={props.value} onValueChange={(next) => props.onChange(String(next))}>
      {props.children}
    </Base.RadioGroup>
  );
}

export function MenuRadioItem({ value, children }: MenuRadioItemProps) {
  return (
    <Base.RadioItem
      value={value}
      className={cn(menuItem, "data-checked:font-medium data-checked:[&_svg]:text-primary")}
    >
      {children}
      <Base.RadioItemIndicator className="ml-auto size-1.5 rounded-full bg-primary" />
    </Base.RadioItem>
  );
}
