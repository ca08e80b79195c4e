// Zod probes whether it can use eval, and the page's policy would refuse and report that. Its own `config` would load
// all of it with every page; forms load it when they need it, and it then reads this.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
