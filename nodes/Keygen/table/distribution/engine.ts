import { readOnly } from '../parts/read-only';

export const engine = readOnly('engine');
