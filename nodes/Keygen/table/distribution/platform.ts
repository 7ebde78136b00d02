import { readOnly } from '../parts/read-only';

export const platform = readOnly('platform');
