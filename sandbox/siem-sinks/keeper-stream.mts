import { readFileSync } from 'node:fs';
import path from 'node:path';

import { ElasticMapping, type FieldMapping } from './elastic-mapping.mts';

const TEMPLATE = path.resolve(import.meta.dirname, '../../docs/siem/elastic/index-template.json');

/** The mapping of the data stream that the docs tell users to set up. */
export function keeperStreamMapping(): ElasticMapping {
	const { template } = JSON.parse(readFileSync(TEMPLATE, 'utf8')) as {
		template: { mappings: { properties: Record<string, FieldMapping> } };
	};
	return new ElasticMapping(template.mappings.properties);
}
