import { fail, ok, type Failure } from '../../shared/failure';
import type { FileResult } from '../crypto/files/checked-out-file';
import { verifyLicenseFile } from '../crypto/files/license-file';
import { verifyLicenseKey } from '../crypto/keys/license-key';
import { verifyMachineProof } from '../crypto/keys/machine-proof';
import { verifyMachineFile } from '../crypto/files/machine-file';
import type { SignatureAlgorithm } from '../crypto/signature-algorithm';
import { MAX_INPUT_BYTES, type TextInput } from '../crypto/strict-decoding';
import {
	flatten,
	isResource,
	resourcesOf,
	type Plain,
	type ServiceDocument,
} from '../service/document';
import type { FileAccess } from './files';
import { valueIn, type Inputs } from '../input/inputs';
import type { KeyRing, Signer } from './key-ring';
import type { Outcome } from './operation';
import type { Place } from '../table/place';
import type { Local } from '../table/row';

/** A check without a request, for one item, ready to run. */
interface Verification {
	place: Place;
	inputs: Inputs;
	files: FileAccess;
	keys: KeyRing;
	simplify: boolean;
	/** Whether the user filled a field of the panel, be it with an expression that gives nothing. */
	isFilled(name: string): boolean;
}

/** What goes out, whether or not it is valid. */
interface Verdict extends Plain {
	valid: boolean;
	code: string;
	detail: string;
}

type Verify = (verification: Verification, signer: Signer) => Promise<Verdict>;

/** The operations that send no request. */
const VERIFIERS: Readonly<Record<Local, Verify>> = {
	verifyLicenseKey: async ({ inputs }, { publicKeys }) => ({
		...verifyLicenseKey(textIn(inputs, 'signedLicenseKey') ?? '', {
			publicKeys,
			scheme: textIn(inputs, 'keyScheme'),
			...clockOf(inputs),
		}),
	}),
	verifyMachineProof: async ({ inputs }, { publicKeys }) => ({
		...verifyMachineProof(textIn(inputs, 'offlineProof') ?? '', publicKeys),
	}),
	verifyLicenseFile: async (verification, signer) =>
		await fileVerdict(verification, 'license', (file) =>
			verifyLicenseFile(file, fileOptions(verification, signer)),
		),
	verifyMachineFile: async (verification, signer) =>
		await fileVerdict(verification, 'machine', (file) =>
			verifyMachineFile(file, fileOptions(verification, signer)),
		),
};

/**
 * Runs a check as its row says. An invalid input is returned as a result, unless the user wants it to
 * be an error.
 *
 * @returns what goes out, or why nothing does; throws only what the file access throws
 */
export async function runVerification(local: Local, verification: Verification): Promise<Outcome> {
	const { inputs, keys, place } = verification;
	const signer = await keys.signer(textIn(inputs, 'publicKey'));
	if (!signer.ok) return signer;
	const missing = await nothingToVerify(local, verification);
	if (missing !== undefined) return fail({ kind: 'stopped', ...missing });
	const verdict = await VERIFIERS[local](verification, signer.value);
	const { valid, code, detail } = verdict;
	if (valid || valueIn(inputs, 'stopOnInvalid') !== true) return ok([{ json: verdict }]);
	const what = NAMES[local] ?? place.resource.label;
	return fail({
		kind: 'stopped',
		message: `The ${what.toLowerCase()} is not valid (${code})`,
		description: `${detail} Without 'Stop on Invalid' it is returned as a result, to branch on by 'valid' and 'code'.`,
		code,
		facts: { valid: false },
	});
}

/** What is verified, where that is not the resource. */
const NAMES: Readonly<Partial<Record<Local, string>>> = {
	verifyLicenseKey: 'license key',
	verifyMachineProof: 'proof',
};

/** The field that holds it, where that is no file. */
const INPUTS: Readonly<Partial<Record<Local, [name: string, label: string]>>> = {
	verifyLicenseKey: ['signedLicenseKey', 'License Key'],
	verifyMachineProof: ['offlineProof', 'Proof'],
};

/** Why there is nothing to verify: that is no verdict, and must not pass for one in a branch. */
async function nothingToVerify(
	local: Local,
	{ inputs, files }: Verification,
): Promise<Failure | undefined> {
	const isNothing = (value: unknown) =>
		value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
	const property = textIn(inputs, 'inputBinaryField');
	if (property === undefined) {
		const [name, label] = INPUTS[local] ?? ['certificate', 'File'];
		return isNothing(valueIn(inputs, name))
			? {
					message: `'${label}' is empty`,
					description: 'There is nothing to verify. Check what the item holds.',
				}
			: undefined;
	}
	if ((files.sizeOf(property) ?? 0) > MAX_INPUT_BYTES) return undefined;
	const file = await files.read(property);
	if (file.ok && file.value.body.length > 0) return undefined;
	return {
		message: file.ok
			? `The file in the binary field '${property}' is empty`
			: `The item has no binary field '${property}'`,
		description: "There is nothing to verify. Check 'Input Binary Field' and the node before.",
	};
}

async function fileVerdict(
	{ inputs, files, simplify, isFilled }: Verification,
	kind: 'license' | 'machine',
	verify: (file: TextInput) => FileResult,
): Promise<Verdict> {
	const file = await fileOf(inputs, files);
	const { document, valid, code, detail, ...facts } = withoutMissing(
		verify(file.content),
		inputs,
		isFilled,
	);
	const verdict = { valid, code, detail: file.missing ?? detail, ...facts };
	if (!simplify) return { ...verdict, document };
	const shown = document as ServiceDocument | null;
	const [resource] = shown ? resourcesOf(shown) : [];
	const included = Array.isArray(shown?.included) ? shown.included.filter(isResource) : [];
	return {
		...verdict,
		[kind]: resource ? flatten(resource) : null,
		...(included.length > 0 ? { included: included.map(flatten) } : {}),
	};
}

/** The file of the item; nothing, with the reason, where the item has none. */
async function fileOf(
	inputs: Inputs,
	files: FileAccess,
): Promise<{ content: TextInput; missing?: string }> {
	const property = textIn(inputs, 'inputBinaryField');
	if (property === undefined) return { content: textIn(inputs, 'certificate') ?? '' };
	// Whoever uploads a file chooses its size: what is refused unread anyway is not loaded.
	if ((files.sizeOf(property) ?? 0) > MAX_INPUT_BYTES)
		return { content: new Uint8Array(MAX_INPUT_BYTES + 1) };
	const file = await files.read(property);
	return file.ok
		? { content: file.value.body }
		: { content: '', missing: `The item has no binary field '${property}'.` };
}

/**
 * A plain file is compared with the license key and the fingerprint only where they are given. Where
 * the user wanted that and the item lacks them, leaving the comparison out would let any genuine file
 * of the account pass.
 */
function withoutMissing(
	result: FileResult,
	inputs: Inputs,
	isFilled: (name: string) => boolean,
): FileResult {
	const missing = ['licenseKey', 'fingerprint'].filter(
		(name) => isFilled(name) && textIn(inputs, name) === undefined,
	);
	if (!result.authentic || missing.length === 0) return result;
	const names = missing.map((name) => (name === 'licenseKey' ? 'license key' : name));
	return {
		...result,
		valid: false,
		code: 'SECRET_REQUIRED',
		detail: `The item has no ${names.join(' and no ')}.`,
		document: null,
	};
}

function fileOptions({ inputs }: Verification, { publicKeys }: Signer) {
	return {
		publicKeys,
		licenseKey: textIn(inputs, 'licenseKey'),
		fingerprint: textIn(inputs, 'fingerprint'),
		algorithm: textIn(inputs, 'signatureAlgorithm') as SignatureAlgorithm | undefined,
		...clockOf(inputs),
	};
}

function clockOf(inputs: Inputs): { now: number; clockToleranceSeconds?: number } {
	const at = textIn(inputs, 'verifyAt');
	return {
		now: at === undefined ? Date.now() : Date.parse(at),
		clockToleranceSeconds: valueIn(inputs, 'clockTolerance') as number | undefined,
	};
}

/** What was entered, as text; undefined for nothing and for what is not text. */
function textIn(inputs: Inputs, name: string): string | undefined {
	const value = valueIn(inputs, name);
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value !== '' ? value : undefined;
}
