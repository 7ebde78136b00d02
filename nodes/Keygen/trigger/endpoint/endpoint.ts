import { isResource, type ResourceObject } from '../../service/document';
import type { ServiceRequest } from '../../service/request';
import type { KeygenService } from '../../service/service';
import type { SignatureAlgorithm } from '../../crypto/signature-algorithm';
import type { TriggerSettings } from '../settings';

/** A webhook endpoint as it is to be. */
export interface WantedEndpoint {
	url: string;
	subscriptions: string[];
	signatureAlgorithm: SignatureAlgorithm;
	apiVersion: string;
	/** ID of the only product to hear of; all that the token may see when not given. */
	product?: string;
}

const TYPE = 'webhook-endpoints';
export const ENDPOINTS = `/${TYPE}`;

/** The endpoint that the panel asks for; its API version is the credential's where not chosen. */
export function wantedEndpoint(
	url: string,
	{ subscriptions, signatureAlgorithm, apiVersion, product }: TriggerSettings,
	{ connection }: KeygenService,
): WantedEndpoint {
	return {
		url,
		subscriptions,
		signatureAlgorithm,
		apiVersion: apiVersion ?? connection.headers['Keygen-Version'],
		product,
	};
}

/** The endpoints of a list that send to this URL, oldest first as far as the service tells. */
export function endpointsFor(url: string, listed: readonly ResourceObject[]): ResourceObject[] {
	const created = ({ attributes }: ResourceObject) => String(attributes?.created ?? '');
	return listed
		.filter(({ attributes }) => attributes?.url === url)
		.sort((a, b) => (created(a) < created(b) ? -1 : created(a) > created(b) ? 1 : 0));
}

/**
 * What of an endpoint is not as it is to be.
 *
 * @returns attributes and relationships for a PATCH; undefined where all is well
 */
export function differences(
	{ attributes = {}, relationships }: ResourceObject,
	wanted: WantedEndpoint,
): Record<string, unknown> | undefined {
	const changed: Record<string, unknown> = {};
	for (const name of ['url', 'signatureAlgorithm', 'apiVersion'] as const)
		if (attributes[name] !== wanted[name]) changed[name] = wanted[name];
	// A list that Keygen emptied means that it has disabled the endpoint.
	const { subscriptions } = attributes;
	const subscribed = Array.isArray(subscriptions) ? [...subscriptions].sort() : [];
	if (subscribed.join() !== [...wanted.subscriptions].sort().join())
		changed.subscriptions = wanted.subscriptions;
	const product = relationships?.product?.data;
	const current = isResource(product) ? product.id : undefined;
	const links = current === wanted.product ? {} : productLink(wanted.product ?? null);
	const nothing = Object.keys(changed).length === 0 && Object.keys(links).length === 0;
	return nothing ? undefined : { attributes: changed, ...links };
}

export function createEndpoint({ product, ...attributes }: WantedEndpoint): ServiceRequest {
	return {
		method: 'POST',
		path: ENDPOINTS,
		query: [],
		headers: {},
		body: { data: { type: TYPE, attributes, ...productLink(product) } },
		// Sent twice it could make two. What became of it is looked up by its URL.
		repeatable: false,
	};
}

/** @param id null for the products of the whole account; undefined says nothing about it */
function productLink(id: string | null | undefined) {
	if (id === undefined) return {};
	return { relationships: { product: { data: id === null ? null : { type: 'products', id } } } };
}

export function updateEndpoint(id: string, changes: Record<string, unknown>): ServiceRequest {
	return {
		method: 'PATCH',
		path: `${ENDPOINTS}/${encodeURIComponent(id)}`,
		query: [],
		headers: {},
		body: { data: { type: TYPE, id, ...changes } },
		repeatable: true,
	};
}

export function deleteEndpoint(id: string): ServiceRequest {
	return {
		method: 'DELETE',
		path: `${ENDPOINTS}/${encodeURIComponent(id)}`,
		query: [],
		headers: {},
		repeatable: true,
	};
}
