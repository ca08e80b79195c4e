import { isLong } from "./is-long";

/** Every n-th of what `npm run test:long` runs completely, starting with the first. */
export const everyNth = <T>(all: readonly T[], n: number): readonly T[] =>
  isLong ? all : all.filter((_, index) => index % n === 0);
