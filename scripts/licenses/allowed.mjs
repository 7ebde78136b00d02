// The licenses that packages used in development may have, each with the reason.

/** @type {Record<string, string>} SPDX identifiers */
export const ALLOWED = {
	MIT: 'Permissive.',
	'MIT-0': 'MIT without the duty to name the author.',
	ISC: 'Permissive, equivalent to MIT.',
	'BSD-2-Clause': 'Permissive.',
	'BSD-3-Clause': 'Permissive.',
	'0BSD': 'Permissive, with no conditions at all.',
	'Apache-2.0': 'Permissive, with a patent grant.',
	'BlueOak-1.0.0': 'Permissive, in plain language.',
	'Python-2.0': 'Permissive; the license of a port of a Python module (argparse).',
	Unlicense: 'Dedicated to the public domain.',
	'CC0-1.0': 'Dedicated to the public domain.',
	'CC-BY-4.0': 'For data, not code (caniuse-lite); only the authors must be named.',
	'LicenseRef-n8n-sustainable-use':
		"n8n's own fair-code license. It allows internal use, which is what building and testing nodes for n8n is. Nothing of n8n is shipped.",
	'LicenseRef-n8n-enterprise':
		'Comes with n8n (@n8n_io/ai-assistant-sdk). n8n allows it for development and testing. Nothing of it is used or shipped.',
};

/**
 * How the texts begin that packages point to instead of naming a license.
 *
 * @type {Array<[RegExp, string]>}
 */
export const TEXTS = [
	[/^\s*Apache License\s+Version 2\.0/, 'Apache-2.0'],
	[
		/^# License\s+Portions of this software are licensed as follows:[^]*Sustainable Use License/,
		'LicenseRef-n8n-sustainable-use',
	],
	[/^[^]{0,200}Permission is hereby granted, free of charge/, 'MIT'],
];

/** Licenses that the packages may not have, by what stands at the top of their texts. */
export const REFUSED_TEXT =
	/GNU (AFFERO |LESSER )?GENERAL PUBLIC LICENSE|Server Side Public License|Business Source License|Elastic License|Commons Clause/i;
