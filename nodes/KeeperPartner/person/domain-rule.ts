import { asciiDomain } from './mailbox';

/** Domains that student addresses must not be on. */
export interface DomainRule {
	domains: string[];
	/** Whether the sub-domains of a forbidden domain are forbidden too. */
	includeSubdomains: boolean;
}

/**
 * Reads the domains from a credential: separated by commas, semicolons or white space; a leading `@`
 * or `*.` is taken off.
 */
export function parseDomains(text: unknown): string[] {
	return String(text ?? '')
		.split(/[\s,;]+/)
		.map((entry) => asciiDomain(entry.replace(/^(?:\*\.|@|\.)+/, '')))
		.filter((domain) => domain !== '');
}

/**
 * Finds the forbidden domain that an address is on. Compares whole labels: `notuniversity.edu` is not
 * `university.edu`.
 */
export function forbiddenDomain(email: string, rule: DomainRule): string | undefined {
	const domain = asciiDomain(email.slice(email.lastIndexOf('@') + 1));
	return rule.domains.find(
		(forbidden) =>
			domain === forbidden || (rule.includeSubdomains && domain.endsWith(`.${forbidden}`)),
	);
}
