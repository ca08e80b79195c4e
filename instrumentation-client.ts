import { config } from "zod";

// Zod probes whether it may use eval; the page's policy would refuse and report that.
config({ jitless: true });
