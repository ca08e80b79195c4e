/** Whether this is `npm run test:long`, which takes the whole of what `npm test` takes a sample of. */
export const isLong = process.env.PENSTOCK_LONG === "1";
