import { isResource } from '../../service/document';
import { isRefusal, type Fault } from '../../service/fault';
import { get } from '../../service/request';
import type { KeygenService } from '../../service/service';

/**
 * Why the credential cannot register a webhook endpoint. The service lets the token of a product
 * create endpoints and then hides them from it: it can neither find, change nor delete them, and each
 * start of n8n would add one.
 *
 * @returns undefined for any other token, and where the service does not tell whose it is
 */
export async function tokenProblem(service: KeygenService): Promise<Fault | undefined> {
	const reply = await service.send(get('/me'));
	const bearer = reply.ok ? reply.value.document.data : undefined;
	if (!isResource(bearer) || bearer.type !== 'products') return undefined;
	return {
		kind: 'stopped',
		message:
			"Keygen Trigger needs an administrator's token, and the credential has one of a product",
		description: `Keygen lets the token of a product create webhook endpoints, but never shows them to it, so they could not be removed again. Create a token of an administrator or a developer, and enter the product's ID ${bearer.id} as 'Product ID' in the node's options.`,
	};
}

/**
 * Why events cannot be narrowed to a product. The service takes any ID, and treats a product that does
 * not exist as none: the trigger would receive the events of all products.
 */
export async function productProblem(
	service: KeygenService,
	product: string | undefined,
): Promise<Fault | undefined> {
	if (product === undefined) return undefined;
	const reply = await service.send(get(`/products/${encodeURIComponent(product)}`));
	if (reply.ok) return undefined;
	if (!isRefusal(reply.failure, 404)) return reply.failure;
	return {
		kind: 'stopped',
		message: `There is no product with the ID '${product}' in this Keygen account`,
		description:
			"Correct 'Product ID' in the node's options, or remove it to receive the events of all products.",
	};
}
