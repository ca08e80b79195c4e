import { config } from "zod";

// Zod tries whether it may compile its checks by eval; the page's policy would refuse that and report it.
config({ jitless: true });
