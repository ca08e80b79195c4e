import { type ChildProcess, spawn } from "node:child_process";
import { afterEach, expect, it } from "vitest";
import { until } from "@/testing/runs/until";
import { watch } from "./watchdog";

const EVERY_MS = 200;
let child: ChildProcess | undefined;
afterEach(() => child?.kill("SIGKILL"));

/** Starts a process that answers pings, and hangs its event loop after `answers` of them. */
function start(answers: number): ChildProcess {
  const script = `let left = ${answers};
    process.on("message", () => { process.send("pong"); if (--left === 0) for (;;); });`;
  child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  return child;
}

/** Counts the answers of a watched process, and whether it was called frozen. */
function observe(process: ChildProcess) {
  const seen = { answers: 0, isFrozen: false };
  process.on("message", () => void seen.answers++);
  const frozen = () => {
    seen.isFrozen = true;
  };
  watch(process, frozen, EVERY_MS);
  return seen;
}

it("notices an event loop that hangs", async () => {
  const seen = observe(start(3));
  await until("it was noticed", async () => seen.isFrozen);
  expect(seen.answers).toBe(3);
});

it("notices a process that is stopped, and leaves one alone that answers", async () => {
  const answering = start(Number.POSITIVE_INFINITY);
  const seen = observe(answering);
  await until("it had answered more often than it is waited for", async () => seen.answers > 15);
  expect(seen.isFrozen).toBe(false);
  answering.kill("SIGSTOP");
  await until("it was noticed", async () => seen.isFrozen);
});
