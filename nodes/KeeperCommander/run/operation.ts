import type { HttpDoor } from '../../shared/http/http';
import type { Asking } from '../service/rows';
import type { TokenUse } from './proof';

/** What every operation works with, for one item. */
export interface Operation extends Asking {
	/** Maximum number of rows to output; undefined for all. */
	limit?: number;
	/** For Keeper's own API, where tokens are tested. */
	door: HttpDoor;
	/** The content of the credential that must contain the new token, if one is selected. */
	tokenUse?: TokenUse;
}
