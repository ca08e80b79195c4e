import { migrate } from "@/lib/db/migrate";
import { getWebEnv } from "@/lib/env";
import { runAlone } from "./process/alone";
import { startWeb } from "./process/app-processes";

/** The web app alone, on HOST (default: all addresses) and PORT (default: 3000), with services given by URL. */
void runAlone({
  name: "web",
  checkEnv: getWebEnv,
  start: async () => {
    await migrate(getWebEnv().DATABASE_URL);
    const port = Number(process.env.PORT || 3000);
    return startWeb({
      env: {},
      log: "inherit",
      watched: true,
      host: process.env.HOST || "0.0.0.0",
      port,
      mode: "start",
    });
  },
});
