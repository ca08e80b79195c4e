import { migrate } from "@/lib/db/migrate";
import { getWebEnv } from "@/lib/env";
import { runAlone } from "./process/alone";
import { startWeb } from "./process/app-processes";

/** The web app alone: on HOST (all addresses unless set) and PORT (3000 unless set), on services given by URL. */
void runAlone({
  name: "web",
  checkEnv: getWebEnv,
  start: async () => {
    await migrate(getWebEnv().DATABASE_URL);
    const port = Number(process.env.PORT || 3000);
    return startWeb({ env: {}, log: "inherit", host: process.env.HOST || "0.0.0.0", port, mode: "start" });
  },
});
