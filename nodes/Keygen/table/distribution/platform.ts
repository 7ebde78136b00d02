import { readOnly } from '../parts/read-only';

export const platform = readOnly('Platform', 'platform', 'platforms');
