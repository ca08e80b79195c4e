import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Child, startChild } from "@/server/process/child";
import type { BuiltImage } from "./build";
import { must } from "./buildah";

/**
 * Runs what follows as a container would: process 1 of its own, a read-only root with an empty /tmp, no capabilities,
 * and the image's user. The network is this machine's.
 */
const CONTAINER = `
set -eu
root=$1 user=$2 group=$3 folder=$4
shift 4
mount --bind "$root" "$root"
mount -o remount,bind,ro "$root"
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
exec chroot "$root" setpriv --reuid "$user" --regid "$group" --clear-groups --no-new-privs \\
  --inh-caps=-all --bounding-set=-all env --ignore-environment --chdir="$folder" "$@"
`;

export interface Container extends Child {
  /** What `docker stop` does: SIGTERM to process 1. Returns once it has ended. */
  stop(): Promise<void>;
  /** Ends whatever of it still runs. */
  end(): Promise<void>;
  /** Runs a command beside it, as HEALTHCHECK does; rejects unless it succeeds. */
  exec(command: string[]): Promise<string>;
}

/** Starts `docker run --read-only --tmpfs /tmp <image> <command>` with these variables; it ends with this process. */
export async function runImage(
  { config, root }: BuiltImage,
  command: string[],
  env: Record<string, string>,
  log: string,
): Promise<Container> {
  const [user = "", group = ""] = config.User.split(":");
  const variables = [...config.Env, ...Object.entries(env).map(([name, value]) => `${name}=${value}`)];
  const outside = ["--mount", "--pid", "--ipc", "--uts", "--fork", "--kill-child"];
  const inside = [root, user, group, config.WorkingDir, ...variables, ...config.Entrypoint, ...command];
  const child = await startChild({
    name: `The container of ${command.join(" ")}`,
    command: "unshare",
    args: [...outside, "sh", "-c", CONTAINER, "container", ...inside],
    env: { PATH: process.env.PATH },
    log,
  });
  const processId = () => firstChild(child.pid);
  const exec = (beside: string[]) => {
    const joined = ["--target", String(processId()), "--mount", "--pid", "--root", "--wd"];
    const as = ["setpriv", "--reuid", user, "--regid", group, "--clear-groups", "--no-new-privs"];
    return must("nsenter", [...joined, ...as, "env", "--ignore-environment", ...variables, ...beside]);
  };
  const stop = async () => {
    process.kill(processId(), "SIGTERM");
    await child.exited;
  };
  return { ...child, stop, end: () => child.stop("SIGKILL"), exec };
}

function firstChild(pid: number): number {
  const children = readFileSync(join("/proc", String(pid), "task", String(pid), "children"), "utf8");
  const [first = ""] = children.trim().split(" ");
  if (first === "") throw new Error("The container has no process any more.");
  return Number(first);
}
