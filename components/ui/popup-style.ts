/** The style of every list that opens over the page. */
export const popupStyle =
  "popup-motion origin-(--transform-origin) rounded-xl border border-border bg-surface p-1 text-foreground shadow-float outline-none";

export const itemStyle =
  "relative flex min-h-11 cursor-default select-none flex-col justify-center rounded-lg py-1.5 pr-3 pl-8 text-sm outline-none data-disabled:opacity-50 data-highlighted:bg-sunken sm:min-h-8";
