import type { Steps } from './lists.mts';

/** Steps that the sandbox may answer otherwise than the recorded server, each group for a reason. */
export const mayDiffer: Array<{ reason: string; steps: Steps }> = [];
