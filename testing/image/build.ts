import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { makeBase } from "./base";
import { buildah } from "./buildah";

/** Buildah would allow 1024, fewer than a build opens. */
const OPEN_FILES = "nofile=16384:16384";
const IMAGE = "localhost/penstock:test";

/** What `docker inspect` shows of the image. */
export interface ImageConfig {
  User: string;
  Env: string[];
  Entrypoint: string[];
  Cmd: string[];
  WorkingDir: string;
  Labels: Record<string, string>;
  Healthcheck: { Test: string[] };
}

export interface BuiltImage {
  config: ImageConfig;
  /** Folder with the files of a container. */
  root: string;
  megabytes: number;
  seconds: number;
  remove(): Promise<void>;
}

/** Builds the Dockerfile as `docker build` would, and makes a container of it. */
export async function buildImage(): Promise<BuiltImage> {
  const base = /^ARG NODE_IMAGE=(\S+)$/m.exec(readFileSync("Dockerfile", "utf8"))?.[1] ?? "";
  await makeBase(base);
  const started = Date.now();
  // Docker's format, because the other one has no health check. npm's cache saves downloads.
  const settings = [
    "--format",
    "docker",
    "--isolation",
    "chroot",
    "--pull-never",
    "--layers=false",
    "--ulimit",
    OPEN_FILES,
  ];
  const cache = ["--volume", `${join(homedir(), ".npm")}:/root/.npm`];
  await buildah("build", ...settings, ...cache, "--tag", IMAGE, ".");
  const seconds = Math.round((Date.now() - started) / 1000);
  const [{ Docker, Size }] = await inspect();
  const container = await buildah("from", "--pull-never", IMAGE);
  const root = await buildah("mount", container);
  const remove = async () => void (await buildah("rm", container));
  return { config: Docker.config, root, megabytes: Math.round(Size / 1e6), seconds, remove };
}

async function inspect(): Promise<[{ Docker: { config: ImageConfig }; Size: number }]> {
  const { Docker } = JSON.parse(await buildah("inspect", "--type", "image", IMAGE));
  const [{ size }] = JSON.parse(await buildah("images", "--json", IMAGE));
  return [{ Docker, Size: bytesOf(size) }];
}

function bytesOf(size: string): number {
  const [value, unit = ""] = size.split(" ");
  return Number(value) * (unit === "GB" ? 1e9 : unit === "MB" ? 1e6 : 1);
}
