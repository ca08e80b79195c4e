const began = performance.now();

/** Narrates a test that `npm run drill` runs as a drill; silent otherwise. */
export function say(text: string): void {
  if (process.env.PENSTOCK_DRILL !== "1") return;
  console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(7)} s  ${text}`);
}
