import { amplitude } from "./amplitude";
import { clevertap } from "./clevertap";
import { hive } from "./hive";
import { template } from "./template";
import type { Layout } from "./types";

/** Every layout by its name on the wire. */
export const layouts = { template, hive, amplitude, clevertap } satisfies Record<string, Layout>;

export type LayoutName = keyof typeof layouts;

export const LAYOUT_NAMES = Object.keys(layouts) as [LayoutName, ...LayoutName[]];

/** A layout by its name, as any of them. */
export const layoutOf = (name: LayoutName): Layout => layouts[name];
