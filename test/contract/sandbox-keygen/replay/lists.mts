import { readFileSync } from 'node:fs';
import path from 'node:path';

/** File with the steps, by scenario, whose answers do not agree yet. Each line that goes is progress. */
export const notYetFile = path.join(import.meta.dirname, 'not-yet.json');

export type Steps = Record<string, string[]>;

export const notYet = (): Steps => JSON.parse(readFileSync(notYetFile, 'utf8')) as Steps;
