import type { Item } from '../state/store.mts';
import type { World } from '../state/world.mts';
import type { Bearer } from './bearers.mts';

/** The part of a request that decides what it may see. */
export interface Viewer {
	world: World;
	bearer: Bearer;
	environment: Item | null;
}
