import { PLANS } from '../../../nodes/KeeperPartner/plans';
import { provision, sandboxForTests, student } from './provision.mts';

const sandbox = sandboxForTests();

it.each(Object.entries(PLANS))(
	'%s provisions the plan that it is named after',
	async (operation, { plan, query }) => {
		await provision({
			baseUrl: sandbox.get().url,
			people: [student(1)],
			parameters: { operation },
		});
		const provisioned = sandbox.get().ledger();
		const problems = provisioned.some((license) => license.plan === plan)
			? []
			: [
					`no plan '${plan}' in sandbox/keeper-partner/create-license.mts for ${JSON.stringify(query)}: add it from Keeper's documentation`,
				];
		expect(problems).toEqual([]);
	},
);
