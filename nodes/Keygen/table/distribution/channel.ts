import { readOnly } from '../parts/read-only';

export const channel = readOnly('channel');
