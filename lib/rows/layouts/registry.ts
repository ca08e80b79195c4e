import { amplitude } from "./amplitude";
import { clevertap } from "./clevertap";
import { hive } from "./hive";
import { template } from "./template";
import type { Layout } from "./types";

/** Layouts by API name. */
export const layouts = { template, hive, amplitude, clevertap } satisfies Record<string, Layout>;

export type LayoutName = keyof typeof layouts;

export const LAYOUT_NAMES = Object.keys(layouts) as [LayoutName, ...LayoutName[]];

/** A layout by name, typed as `Layout`. */
export const layoutOf = (name: LayoutName): Layout => layouts[name];
