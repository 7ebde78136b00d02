import { setTimeout as sleep } from 'node:timers/promises';

import {
	startKeeperCommanderSandbox,
	type KeeperCommanderSandbox,
} from '../../sandbox/keeper-commander/server.mts';
import {
	startKeeperEventsSandbox,
	type KeeperEventsSandbox,
} from '../../sandbox/keeper-events/server.mts';

export const OLD_TOKEN = 'old-token-that-must-not-be-found-51c7';

/** Service Mode, and Keeper's own API that knows the same tokens. */
export interface CommanderScene {
	commander: KeeperCommanderSandbox;
	keeper: KeeperEventsSandbox;
	/** Every token that there ever was. */
	tokens: string[];
	close(): Promise<void>;
}

/** @param oldTokenName of the token that is in use from the start */
export async function commanderScene(oldTokenName: string): Promise<CommanderScene> {
	const keeper = await startKeeperEventsSandbox({ tokens: [OLD_TOKEN], latest: 500 });
	const tokens = [OLD_TOKEN];
	const commander = await startKeeperCommanderSandbox({
		rateLimit: '100000/minute',
		tokens: {
			issued: ({ token }) => {
				tokens.push(token);
				keeper.service.tokens.add(token);
			},
			revoked: ({ token }) => void keeper.service.tokens.delete(token),
		},
	});
	commander.company.tokens.push({
		name: oldTokenName,
		token: OLD_TOKEN,
		issued: 1,
		integrations: ['SIEM:1'],
	});
	return {
		commander,
		keeper,
		tokens,
		close: async () => {
			await commander.close();
			await keeper.close();
		},
	};
}

/** Waits until something is so, a minute and a half at most. */
export async function until(reached: () => boolean, state: () => string): Promise<void> {
	for (const late = Date.now() + 90_000; !reached(); await sleep(200))
		if (Date.now() > late) throw new Error(`It did not happen in time. ${state()}`);
}
