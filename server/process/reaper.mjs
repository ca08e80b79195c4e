// Ends the children of a process that is gone. Its parent writes "+pid" and "-pid" lines to its standard input. When
// that closes, however the parent died, every process group still listed gets SIGTERM and, later, SIGKILL.
import { createInterface } from "node:readline";

const GRACE_MS = 10_000;
const groups = new Set();

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => {});

createInterface({ input: process.stdin })
  .on("line", (line) => {
    const pid = Number(line.slice(1));
    if (line.startsWith("+")) groups.add(pid);
    else groups.delete(pid);
  })
  .on("close", async () => {
    // Newest first: web and worker start after the servers they use.
    for (const pid of [...groups].reverse()) signal(pid, "SIGTERM");
    const deadline = Date.now() + GRACE_MS;
    while (Date.now() < deadline && [...groups].some((pid) => signal(pid, 0))) await pause(100);
    for (const pid of groups) signal(pid, "SIGKILL");
  });

function signal(pid, name) {
  try {
    return process.kill(-pid, name);
  } catch {
    return false;
  }
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
