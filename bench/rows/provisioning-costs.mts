import type { Memory } from '../programs/live-memory.mts';
import type { Figure } from '../figures.mts';
import { inTurn, median, seconds } from '../medians.mts';
import { inOwnProcess } from '../own-process.mts';
import type { Bench, Scene } from '../scene.mts';
import { startService, type Started } from '../services/process.mts';
import { NAME, SECRET, students } from './provisioning.mts';

/** What the node adds to n8n's own cost of a request, and how time and memory grow. */
export const provisioningCosts: Bench = {
	name: 'provisioning-costs',
	async run(scene) {
		const service = await startService('keeperPartner', {
			latencyMs: 50,
			name: NAME,
			secret: SECRET,
		});
		try {
			return [
				await ownCost(scene, service),
				await growthOfTime(scene, service),
				await growthOfMemory(scene),
			];
		} finally {
			service.stop();
		}
	},
};

async function ownCost(scene: Scene, { url }: Started<'keeperPartner'>): Promise<Figure> {
	const count = scene.size(5_000, 300);
	const { node, bare } = await inOwnProcess<Record<'node' | 'bare', number[]>>('provisioning.mts', {
		url,
		name: NAME,
		secret: SECRET,
		count,
		atATime: 100,
		rounds: scene.size(7, 1),
	});
	return {
		what: "the node's own cost (in n8n-core's engine)",
		against: "a bare loop over n8n's request helper, 100 requests at a time",
		measured: median(node) / median(bare),
		unit: 'times the time',
		bound: { most: 1.1 },
		detail: `${seconds(median(node))} against ${seconds(median(bare))} for ${count.toLocaleString('en')} students`,
	};
}

async function growthOfTime(scene: Scene, service: Started<'keeperPartner'>): Promise<Figure> {
	const n8n = await scene.n8n();
	const credential = await n8n.n8n.rest.createCredential('keeperPartnerApi', {
		partnerName: NAME,
		partnerSecret: SECRET,
		region: 'custom',
		baseUrl: service.url,
	});
	const timing = async (count: number) => {
		const workflow = await n8n.chain([
			students(count),
			{
				name: 'Keeper Partner',
				type: 'n8n-nodes-keeper-security.keeperPartner',
				parameters: {
					operation: 'provisionStudentPlan',
					mappingMode: 'mapAutomatically',
					options: { concurrency: 100, againInEditor: true },
				},
				credentials: { keeperPartnerApi: credential },
			},
		]);
		return async () => {
			await n8n.collectGarbage();
			await service.reset();
			return (await n8n.time(workflow, 'Keeper Partner', 'Keeper Partner')).milliseconds;
		};
	};
	const few = scene.size(5_000, 100);
	const { tenfold, once } = await inTurn(scene.size(2, 1), {
		once: await timing(few),
		tenfold: await timing(few * 10),
	});
	return {
		what: `${(few * 10).toLocaleString('en')} students against ${few.toLocaleString('en')}: time`,
		against: 'itself',
		measured: median(tenfold) / median(once),
		unit: 'times the time',
		bound: { most: 11 },
		detail: `${seconds(median(tenfold))} against ${seconds(median(once))}`,
	};
}

async function growthOfMemory(scene: Scene): Promise<Figure> {
	// Without latency: what is held does not depend on it.
	const service = await startService('keeperPartner', { latencyMs: 0, name: NAME, secret: SECRET });
	const few = scene.size(5_000, 200);
	const measured: Array<Memory & { items: number }> = [];
	try {
		for (const count of [few, few * 10]) {
			const told = { url: service.url, name: NAME, secret: SECRET, count, atATime: 100 };
			measured.push(
				await inOwnProcess('provisioning.mts', { ...told, memory: true }, ['--expose-gc']),
			);
			await service.reset();
		}
	} finally {
		service.stop();
	}
	const perItem = ({ live, held, items }: Memory & { items: number }) =>
		(live - held) / items / 1000;
	const all = ({ live, before, items }: Memory & { items: number }) =>
		`${((live - before) / items / 1000).toFixed(2)} kB`;
	const [once, tenfold] = measured;
	return {
		what: `memory per item at ${tenfold.items.toLocaleString('en')} students, beyond the items that go in and out`,
		against: 'itself',
		measured: Math.max(perItem(tenfold), 0),
		unit: 'kB',
		bound: { most: 2.5 },
		detail: `with the items ${all(tenfold)}; at ${once.items.toLocaleString('en')} students ${all(once)}`,
	};
}
