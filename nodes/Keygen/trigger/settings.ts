import type { IDataObject, INode } from 'n8n-workflow';

import { bounded } from '../../shared/bounded-number';
import type { Failure } from '../../shared/failure';
import { importPublicKey, type ImportedKey } from '../crypto/public-key';
import {
	isSignatureAlgorithm,
	SIGNATURE_ALGORITHMS,
	type SignatureAlgorithm,
} from '../crypto/signature-algorithm';
import { reference } from '../table/references';
import { subscriptionsOf } from './event-choice';

/** What the panel of Keygen Trigger says. */
export interface TriggerSettings {
	subscriptions: string[];
	signatureAlgorithm: SignatureAlgorithm;
	/** The credential's where not chosen. */
	apiVersion?: string;
	/** ID or code. */
	product?: string;
	/** Where the user says that Keygen reaches this node, by kind of webhook. */
	overrides: { production?: string; test?: string };
	publicKey?: ImportedKey;
	verify: boolean;
	runRepeats: boolean;
	toleranceSeconds: number;
	simplify: boolean;
	lostEvents: { days: number; minutes: number };
}

/** What both kinds of contexts in which the trigger runs can read. */
interface ParameterContext {
	getNode(): INode;
	getNodeParameter(name: string, fallback?: unknown): unknown;
}

const DEFAULT_TOLERANCE_SECONDS = 300;
const RETENTION_DAYS = 30;

/** Reads the parameters. What is out of bounds is brought within; nothing is refused here. */
export function readSettings(context: ParameterContext): TriggerSettings {
	const options = context.getNodeParameter('options', {}) as IDataObject;
	const text = (name: string) => {
		const value = options[name];
		const trimmed = typeof value === 'string' ? value.trim() : '';
		return trimmed === '' ? undefined : trimmed;
	};
	const algorithm = options.signatureAlgorithm;
	const key = text('publicKey');
	return {
		subscriptions: subscriptionsOf(
			context.getNodeParameter('events', []),
			context.getNodeParameter('otherEvents', ''),
		),
		signatureAlgorithm: isSignatureAlgorithm(algorithm) ? algorithm : 'ed25519',
		apiVersion: text('apiVersion'),
		product: chosenProduct(options.product),
		overrides: { production: text('webhookUrl'), test: text('testWebhookUrl') },
		publicKey: key === undefined ? undefined : importPublicKey(key),
		...receivingSettings(options, context.getNodeParameter('simplify', true)),
		lostEvents: {
			days: bounded(options.lostEventsDays, 0, RETENTION_DAYS, RETENTION_DAYS),
			minutes: bounded(options.lostEventsMinutes, 0, 1440, 10),
		},
	};
}

/** What is no name of a product is kept as text, which then leads to none. */
function chosenProduct(given: unknown): string | undefined {
	const chosen = reference('Product', 'product', given);
	if (chosen === undefined) return undefined;
	return chosen.ok ? chosen.value.value : String(given);
}

/** What it takes to receive an event, and no more: this is read for each. */
export function readReceivingSettings(
	context: ParameterContext,
): Pick<TriggerSettings, 'verify' | 'runRepeats' | 'toleranceSeconds' | 'simplify'> {
	return receivingSettings(
		context.getNodeParameter('options', {}) as IDataObject,
		context.getNodeParameter('simplify', true),
	);
}

function receivingSettings(options: IDataObject, simplify: unknown) {
	return {
		verify: options.verify !== false,
		runRepeats: options.runRepeats === true,
		toleranceSeconds: bounded(options.toleranceSeconds, 1, 86_400, DEFAULT_TOLERANCE_SECONDS),
		simplify: simplify !== false,
	};
}

/**
 * What is wrong with a pasted key.
 *
 * @returns undefined where it is a public key that fits the algorithm
 */
export function keyProblem(key: ImportedKey, algorithm: SignatureAlgorithm): Failure | undefined {
	if (!key.ok)
		return {
			message: "'Public Key' is not a public key of Keygen",
			description: key.detail,
		};
	const needed = SIGNATURE_ALGORITHMS[algorithm];
	if (key.type === needed) return undefined;
	return {
		message: `'Public Key' does not fit 'Signature Algorithm': ${algorithm} needs a key of type ${needed}, and this is one of type ${key.type}`,
		description: 'Choose the algorithm that belongs to the key, or paste the other key.',
	};
}
