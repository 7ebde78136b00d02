import type { HttpDoor } from '../../shared/http/http';
import type { Asking } from '../service/rows';
import type { TokenUse } from './proof';

/** What every operation has at hand for one item. */
export interface Operation extends Asking {
	/** How many rows go out; undefined for all. */
	limit?: number;
	/** The way to Keeper's own API, where tokens are tried out. */
	door: HttpDoor;
	/** The credential that is to hold a new token, if one is chosen. */
	tokenUse?: TokenUse;
}
