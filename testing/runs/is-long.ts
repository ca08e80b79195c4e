/** Whether this is `npm run test:long`, which runs everything that `npm test` samples. */
export const isLong = process.env.PENSTOCK_LONG === "1";
