import { readOnly } from '../parts/read-only';

export const arch = readOnly('arch');
