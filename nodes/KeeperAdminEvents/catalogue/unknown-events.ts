/**
 * The ECS category of an event whose code nobody knows, by the category that it names itself:
 * those of the known groups, and those that public samples of events carry besides.
 * All of them allow the type `info`.
 */
const ECS_CATEGORIES: ReadonlyMap<string, string> = new Map(
	Object.entries({
		authentication: 'login',
		iam: 'account admin_permission security share user team role',
		configuration:
			'policy msp enterprise compliance_report reporting endpoint_privilege_manager security_benchmark',
		file: 'usage ksm record rotation vault',
		session: 'pam pam_session',
		vulnerability: 'breachwatch',
		intrusion_detection: 'keeper_ai',
		web: 'chat web',
		host: 'discovery',
		api: 'api',
	}).flatMap(([ecs, categories]) =>
		categories.split(' ').map((category) => [category, ecs] as [string, string]),
	),
);

/** The ECS category for an event of an unknown code, or undefined where nothing tells. */
export function ecsCategoryOf(category: string | undefined): string | undefined {
	return category === undefined ? undefined : ECS_CATEGORIES.get(category.toLowerCase());
}
