import type { FastifyInstance, FastifyRequest } from 'fastify';
import { strike } from './events-endpoint.mts';
import type { EventsService } from './events-service.mts';

const PATH = '/bi_api/rest/public/msp/billing-usage';
const FIRST_YEAR = 2000;

/**
 * GET /bi_api/rest/public/msp/billing-usage as documented: month without a leading zero, year, and
 * the token in x-api-token. The fields of the answer are not published; those here are modelled on
 * the usage that Keeper's distributor API answers with, whose quantities can be fractions.
 */
export function serveBillingUsage(app: FastifyInstance, service: EventsService): void {
	app.get(PATH, async (request, reply) => {
		service.requests++;
		const { status, error, message } = refusal(request, service) ?? {};
		if (status !== undefined) return await reply.code(status).send({ error, message });
		const fault = service.faults.strike(false);
		if (fault && (await strike(fault, reply))) return reply;
		const { month, year } = request.query as { month: string; year: string };
		return await reply.send(usage(Number(month), Number(year)));
	});
}

interface Refusal {
	status: number;
	error: string;
	message: string;
}

function refusal({ headers, query }: FastifyRequest, service: EventsService): Refusal | undefined {
	const token = /^Bearer (\S+)$/.exec(String(headers['x-api-token'] ?? ''))?.[1] ?? '';
	if (!service.billingTokens.has(token)) {
		return service.tokens.has(token)
			? { status: 403, error: 'Forbidden', message: 'The token lacks the integration BILLING' }
			: { status: 401, error: 'Unauthorized', message: 'Invalid or missing API token' };
	}
	const bad = (message: string) => ({ status: 400, error: 'Bad request', message });
	const given = query as Record<string, unknown>;
	const unknown = Object.keys(given).find((name) => name !== 'month' && name !== 'year');
	if (unknown !== undefined) return bad(`Unknown parameter ${unknown}`);
	if (!/^(?:[1-9]|1[0-2])$/.test(String(given.month ?? ''))) return bad('Invalid month');
	const year = String(given.year ?? '');
	if (!/^\d{4}$/.test(year) || Number(year) < FIRST_YEAR) return bad('Invalid year');
	return undefined;
}

function usage(month: number, year: number): Record<string, unknown> {
	const product = (
		productName: string,
		productId: number,
		quantity: number,
		unitPrice: number,
	) => ({
		productName,
		productId,
		quantity,
		unitPrice,
		cost: Math.round(quantity * unitPrice * 100) / 100,
	});
	return {
		success: true,
		month,
		year,
		usage: {
			mspItem: {
				companyName: 'Northfield MSP',
				companyId: 4711,
				invitedUsers: 3,
				products: [product('Business Plus', 21, 12.5, 3.75)],
			},
			mcItems: [
				{
					companyName: 'Contoso',
					companyId: 4712,
					maximumAllowedUsers: 40,
					plan: 'enterprise',
					products: [product('Enterprise', 31, 37, 5), product('Secrets Manager', 44, 0.5, 10)],
				},
			],
		},
	};
}
