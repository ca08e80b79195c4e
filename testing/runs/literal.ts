import { clickhouseTime } from "@/lib/source/time";

/**
 * A value in an INSERT. Text is hexadecimal, so that no parser interprets its bytes on the way in. A number is a time
 * in µs.
 */
export const literal = (value: string | number | Buffer): string => {
  if (Buffer.isBuffer(value)) return `unhex('${value.toString("hex")}')`;
  return `'${typeof value === "number" ? clickhouseTime(value) : value}'`;
};
