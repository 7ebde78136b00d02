/** Whether tests may take their time: `npm run test:long` rather than `npm test`. */
const LONG = process.env.TEST_LONG === '1';

/** For random numbers; the same number draws the same again. */
export const SEED = Number(process.env.TEST_SEED ?? 1);

/** How many of something a test does: few in each `npm test`, many in `npm run test:long`. */
export const effort = (usual: number, long: number): number => (LONG ? long : usual);
