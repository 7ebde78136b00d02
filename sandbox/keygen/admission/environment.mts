import { refuse } from '../refusals/problems.mts';
import type { Item } from '../state/store.mts';
import { World } from '../state/world.mts';

/** The environment that a request names, by id or code; null is the global one. */
export function environmentOf(
	world: World,
	name: string | undefined,
	where: { header: string } | { parameter: string },
): Item | null {
	if (name === undefined) return null;
	if (!world.edition.has('environments'))
		return refuse(400, 'is unsupported', {
			code: 'ENVIRONMENT_NOT_SUPPORTED',
			...where,
		});
	if (name === '') return null;
	const found =
		world.store.get('environments', name) ?? world.store.where('environments', 'code', name)[0];
	return (
		found ??
		refuse(400, `There is no environment '${name}'`, { code: 'ENVIRONMENT_INVALID', ...where })
	);
}
