import { readFile, stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { fromBase64url } from "../core/bytes";
import type { Options } from "../core/options";
import type { Place } from "../core/tools";
import type { Args } from "./args";
import { clickhouse } from "./clickhouse";
import { readHead } from "./head";
import { openPlace, type PlaceData } from "./places";
import { bucketOf } from "./s3/config";
import { single } from "./single";

export interface Opened {
  place: Place;
  /** Where threads find the same place; null measures on this one. */
  data: PlaceData | null;
  root: string | null;
  onlyReceipts: boolean;
  isLoose: boolean;
}

/** What an address means. Throws if nothing is there. */
export async function open(address: string, args: Args): Promise<Opened> {
  const root = args.root ?? null;
  const whole = { root, onlyReceipts: false, isLoose: false };
  if (address.startsWith("s3://")) {
    const pathStyle = args["path-style"] ? true : args["host-style"] ? false : undefined;
    const bucket = bucketOf(address, process.env, { endpoint: args.endpoint, region: args.region, pathStyle });
    const data: PlaceData = { type: "s3", bucket };
    return { ...whole, place: openPlace(data), data, root: bucket.prefix };
  }
  if ((await stat(address)).isDirectory()) {
    const data: PlaceData = { type: "folder", path: address };
    return { ...whole, place: openPlace(data), data };
  }
  const one = await single(address);
  return { ...one, root: root ?? one.root, data: null, isLoose: true };
}

async function textAt(address: string): Promise<string> {
  if (!/^https?:\/\//.test(address)) return readFile(address, "utf8");
  const answer = await fetch(address, { redirect: "error" });
  if (!answer.ok) throw new Error(`${address} responds with ${answer.status}.`);
  return answer.text();
}

export const jobsOf = ({ jobs }: Args): number => {
  const number = jobs === undefined ? Math.min(4, availableParallelism()) : Number(jobs);
  if (!Number.isInteger(number) || number < 1) throw new Error("--jobs must be a whole number of at least 1.");
  return number;
};

export async function optionsOf(
  args: Args,
  { root, onlyReceipts, isLoose }: Opened,
  measure: Options["measure"],
): Promise<Options> {
  const { key = null, kid = null, keys, head, chain } = args;
  if (key !== null && fromBase64url(key, 32) === null) throw new Error("--key must be 43 characters of base64url.");
  return {
    keys: keys === undefined ? null : { text: await textAt(keys), from: keys },
    kid,
    publicKey: key,
    head: head === undefined ? null : await readHead(head),
    chain: chain === undefined ? null : await readFile(chain, "utf8"),
    root,
    allowExtra: args["allow-extra"] ?? false,
    onlyReceipts,
    isLoose,
    measure,
    jobs: jobsOf(args),
    askSource: args.clickhouse === undefined ? null : clickhouse(args.clickhouse),
  };
}
