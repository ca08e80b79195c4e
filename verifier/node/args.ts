import { parseArgs } from "node:util";

export const USAGE = `Usage: penstock-verify [options] <folder | manifest.json | s3://bucket/prefix>

Checks receipts of Penstock, and the objects that they name. Connects to nothing
but what an address names: an s3:// place, --keys https://…, or --clickhouse.

  --keys <file | https://…>   Check signatures with these keys, not with those beside the receipts.
  --key <x>                   Check signatures with this public key only, in base64url.
  --kid <id>                  Accept no other key than the one with this ID.
  --chain <file>              Links of chains that are not among the objects: a JSON list of them.
  --head <number>:<sha256>    A chain must have this link. Or a file with the answer of …/chain/head.
  --root <prefix>             What keys begin with outside of the folder. Otherwise, this is found.
  --allow-extra               Objects that no receipt names are fine.
  --clickhouse <url>          Ask the source of each receipt again: http(s)://user:password@host:port/database.
  --jobs <n>                  Objects to measure at the same time (as many as cores, at most 4).
  --json                      Print one JSON object.
  --all                       Print also what is true.
  --endpoint, --region        Of the S3 storage. Credentials are in AWS_* variables.
  --path-style, --host-style  Where the bucket's name is: in the path or in the host.
  --help, --version

Exit codes: 0 everything is true; 1 something is false; 2 something could not be checked.
`;

const OPTIONS = {
  keys: { type: "string" },
  key: { type: "string" },
  kid: { type: "string" },
  chain: { type: "string" },
  head: { type: "string" },
  root: { type: "string" },
  "allow-extra": { type: "boolean" },
  clickhouse: { type: "string" },
  jobs: { type: "string" },
  json: { type: "boolean" },
  all: { type: "boolean" },
  endpoint: { type: "string" },
  region: { type: "string" },
  "path-style": { type: "boolean" },
  "host-style": { type: "boolean" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
} as const;

/** Throws for unknown options. */
export const readArgs = (args: string[]) => parseArgs({ args, options: OPTIONS, allowPositionals: true });

export type Args = ReturnType<typeof readArgs>["values"];
