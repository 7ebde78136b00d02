import { packageTarballs } from '../sandbox/n8n/installed.mts';
import type { Figure } from './figures.mts';
import { MeasuredN8n } from './n8n.mts';
import { costsOf } from './profile.mts';
import { PUBLIC_HOST } from './services/public-host.mts';

/** Measures some promises that belong together. */
export interface Bench {
	name: string;
	run(scene: Scene): Promise<Figure[]>;
}

/** What all benches of a run share. */
export class Scene {
	/** Few items and few rounds: shows that everything works, measures nothing. */
	readonly quick: boolean;
	/** Whether to say where the time goes on the hot paths. */
	readonly profiles: boolean;
	private packed?: string[];
	private instance?: MeasuredN8n;

	constructor(options: { quick: boolean; profiles: boolean }) {
		this.quick = options.quick;
		this.profiles = options.profiles;
	}

	/** A number of items or rounds, or the one for a quick look. */
	size(full: number, quick: number): number {
		return this.quick ? quick : full;
	}

	/** The packages, packed. */
	get tarballs(): string[] {
		return (this.packed ??= packageTarballs());
	}

	/** A real n8n with the packages, the same for all benches that do not need one of their own. */
	async n8n(): Promise<MeasuredN8n> {
		return (this.instance ??= await MeasuredN8n.start(this.tarballs, {
			WEBHOOK_URL: `https://${PUBLIC_HOST}/`,
		}));
	}

	/** Runs something in the shared n8n once more and prints what it costs there, if that is wanted. */
	async profile(title: string, run: () => Promise<unknown>): Promise<void> {
		if (!this.profiles) return;
		const inspector = await (await this.n8n()).inspected();
		await inspector.send('Profiler.enable');
		await inspector.send('Profiler.start');
		await run();
		const { profile } = await inspector.send<{ profile: never }>('Profiler.stop');
		console.log(`\n${title}\n${costsOf(profile)}\n`);
	}

	progress(text: string): void {
		console.error(text);
	}

	async end(): Promise<void> {
		await this.instance?.stop();
	}
}
