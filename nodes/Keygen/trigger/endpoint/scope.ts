import { fail, ok, type Result } from '../../../shared/failure';
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
		description: `Keygen lets the token of a product create webhook endpoints, but never shows them to it, so they could not be removed again. Create a token of an administrator or a developer, and choose the product ${bearer.id} as 'Product' in the node's options.`,
	};
}

/**
 * The ID of the product that events are narrowed to. The service accepts any ID for an endpoint, and
 * treats a product that does not exist as none: the trigger would receive the events of all products.
 *
 * @param product ID or code; undefined for all products
 */
export async function productId(
	service: KeygenService,
	product: string | undefined,
): Promise<Result<string | undefined, Fault>> {
	if (product === undefined) return ok(undefined);
	const reply = await service.send(get(`/products/${encodeURIComponent(product)}`));
	const found = reply.ok ? reply.value.document.data : undefined;
	if (isResource(found)) return ok(found.id);
	if (!reply.ok && !isRefusal(reply.failure, 404)) return fail(reply.failure);
	return fail({
		kind: 'stopped',
		message: `There is no product '${product}' in this Keygen account`,
		description:
			"Choose another one as 'Product' in the node's options, or remove it to receive the events of all products.",
	});
}
