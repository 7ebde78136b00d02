import { KeygenTrigger } from '../../../../nodes/Keygen/KeygenTrigger.node';
import { readSettings } from '../../../../nodes/Keygen/trigger/settings';

const { description } = new KeygenTrigger();
const options = description.properties.find(({ name }) => name === 'options')?.options as Array<{
	name: string;
	default: unknown;
	typeOptions?: { minValue?: number; maxValue?: number };
}>;

const settingsOf = (values: Record<string, unknown>) =>
	readSettings({
		getNode: () => ({}) as never,
		getNodeParameter: (name, fallback) => (name === 'options' ? values : fallback),
	});

describe('the options', () => {
	it('do the same with their defaults as left out', () => {
		const defaults = Object.fromEntries(options.map(({ name, default: value }) => [name, value]));
		const { apiVersion, ...rest } = settingsOf(defaults);
		const { apiVersion: left, ...without } = settingsOf({});
		expect(rest).toEqual(without);
		// Left out, it is the credential's.
		expect([apiVersion, left]).toEqual(['1.8', undefined]);
	});

	it('are brought within their bounds, also as the text of an expression', () => {
		for (const { name, typeOptions } of options) {
			if (typeOptions?.maxValue === undefined) continue;
			for (const [value, bound] of [
				[-1e9, typeOptions.minValue],
				[1e9, typeOptions.maxValue],
			])
				expect(JSON.stringify(settingsOf({ [name]: value }))).toBe(
					JSON.stringify(settingsOf({ [name]: bound })),
				);
		}
		expect(settingsOf({ toleranceSeconds: '60', lostEventsDays: '5' })).toEqual(
			settingsOf({ toleranceSeconds: 60, lostEventsDays: 5 }),
		);
		expect(settingsOf({ toleranceSeconds: 'soon', lostEventsDays: NaN })).toEqual(settingsOf({}));
	});
});
